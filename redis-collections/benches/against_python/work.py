"""The same work with the Python library, as somebody who uses it would write it.

Called with the path of the server's socket; prints a line a work: its name, a tab, and the seconds
that it took in the median turn.
"""

import random
import sys
import time

from redis import StrictRedis
from redis_collections import Counter, Deque, Dict, List, Set

redis = StrictRedis(unix_socket_path=sys.argv[1])


def work(name, turn, prepare=lambda: None):
    """Takes turns for half a second, but three of them, and prints what the median one took."""
    taken, spent = [], 0.0
    while len(taken) < 3 or (spent < 0.5 and len(taken) < 2_000):
        prepare()
        start = time.perf_counter()
        turn()
        taken.append(time.perf_counter() - start)
        spent += taken[-1]
    taken.sort()
    print(name, taken[len(taken) // 2], sep='\t', flush=True)


def dicts():
    ages = Dict({f'user-{number}': number for number in range(1_000)}, redis=redis)
    hundred = [f'user-{number}' for number in range(100)]
    work('set', lambda: ages.__setitem__('user-7', 7))
    work('get', lambda: ages['user-7'])
    work('get_many of 100', lambda: ages.getmany(*hundred))
    large = Dict({f'user-{number}': number for number in range(100_000)}, redis=redis)
    work('iterate 100,000 entries', lambda: sum(1 for _ in large.items()))
    large.clear()


def lists():
    log = List(redis=redis)
    work('append', lambda: log.append('went north'))
    numbers = list(range(10_000))
    random.Random(7).shuffle(numbers)
    steps = List(numbers, redis=redis)
    work('index in the middle of 10,000', lambda: steps[5_000])
    work('reverse 10,000', steps.reverse)

    def shuffle():
        steps.clear()
        steps.extend(numbers)

    work('sort 10,000', steps.sort, shuffle)
    ring = Deque(redis=redis)
    List.extend(ring, numbers)
    work('rotate 10,000 by 100', lambda: ring.rotate(100))


def counters():
    kills = Counter({f'monster-{number}': number for number in range(1_000)}, redis=redis)
    more = {f'monster-{number}': 1 for number in range(1_000)}
    work('update 1,000 counts', lambda: kills.update(more))
    work('most_common 10 of 1,000', lambda: kills.most_common(10))


def sets():
    ones = Set(range(100_000), redis=redis)
    others = Set(range(50_000, 150_000), redis=redis)
    work('union of 100,000', lambda: ones.union(others))
    work('intersection of 100,000', lambda: ones.intersection(others))
    work('difference of 100,000', lambda: ones.difference(others))
    work('symmetric_difference of 100,000', lambda: ones.symmetric_difference(others))


dicts()
lists()
counters()
sets()

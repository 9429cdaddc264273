"""The sync of 1,000 changes of 100,000 entries with the Python library.

Called with the path of the server's socket; prints the name of the work, a tab, and the seconds
that it took in the median turn.
"""

import sys
import time

from redis import StrictRedis
from redis_collections import SyncableDict

redis = StrictRedis(unix_socket_path=sys.argv[1])
ages = SyncableDict(redis=redis)
ages.update({number: number for number in range(100_000)})
ages.sync()

taken = []
for _ in range(3):
    for number in range(0, 100_000, 100):
        ages[number] += 1
    start = time.perf_counter()
    ages.sync()
    taken.append(time.perf_counter() - start)
print('sync', sorted(taken)[1], sep='\t')

-- KEYS: the hash
-- ARGV: field, value, how many milliseconds the entry stays
-- Returns: 1
-- A server that does not know times to live of entries says so here, before anything is written.
redis.call('HPTTL', KEYS[1], 'FIELDS', 1, ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HPEXPIRE', KEYS[1], ARGV[3], 'FIELDS', 1, ARGV[1])
return 1

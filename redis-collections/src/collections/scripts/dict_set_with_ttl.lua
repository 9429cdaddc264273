-- KEYS: the hash
-- ARGV: field, value, time to live in milliseconds
-- Returns: 1
-- A server without times to live of entries fails here, before the first write.
redis.call('HPTTL', KEYS[1], 'FIELDS', 1, ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HPEXPIRE', KEYS[1], ARGV[3], 'FIELDS', 1, ARGV[1])
return 1

-- KEYS: the sorted set
-- ARGV: score, member
-- Returns: the score of the member
redis.call('ZADD', KEYS[1], 'NX', ARGV[1], ARGV[2])
return redis.call('ZSCORE', KEYS[1], ARGV[2])

-- KEYS: the sorted set
-- ARGV: member
-- Returns: the old score, or nil
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[1], ARGV[1])
return score

-- KEYS: the hash
-- ARGV: field, value
-- Returns: the old value, or nil
local old = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return old

-- KEYS: the hash
-- ARGV: field
-- Returns: the old value, or nil
local old = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[1], ARGV[1])
return old

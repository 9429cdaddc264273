-- KEYS: the sorted set of the places
-- ARGV: place
-- Returns: the old {longitude, latitude}, or nil
local old = redis.call('GEOPOS', KEYS[1], ARGV[1])[1]
redis.call('ZREM', KEYS[1], ARGV[1])
return old

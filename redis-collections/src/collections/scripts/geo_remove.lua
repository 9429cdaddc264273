-- KEYS: the places
-- ARGV: place
-- Returns: {longitude, latitude} where it was, or nil
local old = redis.call('GEOPOS', KEYS[1], ARGV[1])[1]
redis.call('ZREM', KEYS[1], ARGV[1])
return old

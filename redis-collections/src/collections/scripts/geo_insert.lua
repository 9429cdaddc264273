-- KEYS: the sorted set of the places
-- ARGV: longitude, latitude, place
-- Returns: the old {longitude, latitude}, or nil
local old = redis.call('GEOPOS', KEYS[1], ARGV[3])[1]
redis.call('GEOADD', KEYS[1], ARGV[1], ARGV[2], ARGV[3])
return old

-- KEYS: the hash
-- ARGV: number of fields to set, number of fields to delete, field, value, ..., field to delete, ..., field to read, ...
-- Returns: the values of the fields to read, as they were before
local set = 2 + 2 * tonumber(ARGV[1])
local deleted = set + tonumber(ARGV[2])
local values = {}
for at = deleted + 1, #ARGV do
  values[#values + 1] = redis.call('HGET', KEYS[1], ARGV[at])
end
-- What is set comes first: a hash that was empty in between would have lost its time to live.
for at = 3, set, 1000 do
  redis.call('HSET', KEYS[1], unpack(ARGV, at, math.min(at + 999, set)))
end
for at = set + 1, deleted, 1000 do
  redis.call('HDEL', KEYS[1], unpack(ARGV, at, math.min(at + 999, deleted)))
end
return values

-- KEYS: the hash
-- ARGV: field, value
-- Returns: the value of the field
local old = redis.call('HGET', KEYS[1], ARGV[1])
if old then
  return old
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return ARGV[2]

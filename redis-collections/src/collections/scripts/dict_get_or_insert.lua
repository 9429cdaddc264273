-- KEYS: the hash
-- ARGV: field, value
-- Returns: the value that is there now
local old = redis.call('HGET', KEYS[1], ARGV[1])
if old then
  return old
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return ARGV[2]

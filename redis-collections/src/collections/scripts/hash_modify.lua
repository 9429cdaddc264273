-- KEYS: the hash
-- ARGV: field, 1 and the expected value or 0 for a missing field, the new value or nothing to remove the field
-- Returns: 1 if it was changed, 0 if the old value is not the expected one
local expected, new = false, ARGV[3]
if ARGV[2] == '1' then
  expected, new = ARGV[3], ARGV[4]
end
if redis.call('HGET', KEYS[1], ARGV[1]) ~= expected then
  return 0
end
if new then
  redis.call('HSET', KEYS[1], ARGV[1], new)
else
  redis.call('HDEL', KEYS[1], ARGV[1])
end
return 1

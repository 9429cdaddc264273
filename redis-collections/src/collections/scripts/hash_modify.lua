-- KEYS: the hash
-- ARGV: field, 1 and the value that is expected or 0 if none is, the value to set if there shall be one
-- Returns: 1 if it was done, 0 if something else was there
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

-- KEYS: the list
-- ARGV: none
-- Returns: 1
local len = redis.call('LLEN', KEYS[1])
local values = redis.call('LRANGE', KEYS[1], 0, -1)
for at = 1, math.floor(len / 2) do
  values[at], values[len + 1 - at] = values[len + 1 - at], values[at]
end
for at = 1, len, 5000 do
  redis.call('RPUSH', KEYS[1], unpack(values, at, math.min(at + 4999, len)))
end
redis.call('LTRIM', KEYS[1], len, -1)
return 1

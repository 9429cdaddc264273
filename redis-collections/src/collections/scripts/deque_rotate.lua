-- KEYS: the deque
-- ARGV: the number of elements to move from the front to the back; a negative one moves from the back to the front
-- Returns: 1
local len = redis.call('LLEN', KEYS[1])
local count = len > 0 and tonumber(ARGV[1]) % len or 0
if count == 0 then
  return 1
end
-- The shorter side moves. It is copied before it is removed.
if count <= len / 2 then
  local values = redis.call('LRANGE', KEYS[1], 0, count - 1)
  for at = 1, count, 5000 do
    redis.call('RPUSH', KEYS[1], unpack(values, at, math.min(at + 4999, count)))
  end
  redis.call('LTRIM', KEYS[1], count, -1)
else
  local values = {}
  local back = redis.call('LRANGE', KEYS[1], count, -1)
  for at = #back, 1, -1 do
    values[#values + 1] = back[at]
  end
  for at = 1, #values, 5000 do
    redis.call('LPUSH', KEYS[1], unpack(values, at, math.min(at + 4999, #values)))
  end
  redis.call('LTRIM', KEYS[1], 0, len - 1)
end
return 1

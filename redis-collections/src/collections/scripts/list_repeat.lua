-- KEYS: the list
-- ARGV: number of repetitions, and maxlen, if there is one
-- Returns: the length of the list
local values = redis.call('LRANGE', KEYS[1], 0, -1)
if #values == 0 then
  return 0
end
local times = tonumber(ARGV[1])
local most = tonumber(ARGV[2])
if most then
  times = math.min(times, math.ceil(most / #values))
end
if times == 0 then
  redis.call('UNLINK', KEYS[1])
  return 0
end
for _ = 2, times do
  for at = 1, #values, 5000 do
    redis.call('RPUSH', KEYS[1], unpack(values, at, math.min(at + 4999, #values)))
  end
end
if most then
  redis.call('LTRIM', KEYS[1], -most, -1)
end
return redis.call('LLEN', KEYS[1])

-- KEYS: the deque
-- ARGV: maxlen, value to insert before the first element, ...
-- Returns: the length of the deque
local most = tonumber(ARGV[1])
local len = 0
for at = 2, #ARGV, 5000 do
  len = redis.call('LPUSH', KEYS[1], unpack(ARGV, at, math.min(at + 4999, #ARGV)))
end
if len > most then
  redis.call('LTRIM', KEYS[1], 0, most - len - 1)
end
return math.min(len, most)

-- KEYS: the list
-- ARGV: start, stop and step of a slice as in Python
-- Returns: the number of elements that were removed
local len = redis.call('LLEN', KEYS[1])
local step = tonumber(ARGV[3])
local low, high, last = 0, len, -1
if step < 0 then
  low, high, last = -1, len - 1, 1
end

local function clamp(at)
  if at < 0 then
    at = at + len
  end
  return math.max(low, math.min(at, high))
end

-- LREM removes by value: the elements of the slice get a value that no other element has.
local mark = '~'
while redis.call('LPOS', KEYS[1], mark) do
  mark = mark .. '~'
end
-- A server whose memory is full refuses LSET as the first write of a script. LTRIM is allowed, so removing works.
redis.call('LTRIM', KEYS[1], 0, -1)
for at = clamp(tonumber(ARGV[1])), clamp(tonumber(ARGV[2])) + last, step do
  redis.call('LSET', KEYS[1], at, mark)
end
return redis.call('LREM', KEYS[1], 0, mark)

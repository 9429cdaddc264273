-- KEYS: the list
-- ARGV: start, stop and step of a slice as in Python, value for each of its elements, ...
-- Returns: the number of elements in the slice; if the number of values differs, nothing is set
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

local chosen = {}
for at = clamp(tonumber(ARGV[1])), clamp(tonumber(ARGV[2])) + last, step do
  chosen[#chosen + 1] = at
end
if #chosen == #ARGV - 3 then
  for nth, at in ipairs(chosen) do
    redis.call('LSET', KEYS[1], at, ARGV[nth + 3])
  end
end
return #chosen

-- KEYS: the list
-- ARGV: value, start and stop of a slice as in Python
-- Returns: the index of the first element in the slice with this value, or nil
local len = redis.call('LLEN', KEYS[1])

local function clamp(at)
  if at < 0 then
    at = at + len
  end
  return math.max(0, math.min(at, len))
end

local start = clamp(tonumber(ARGV[2]))
local stop = clamp(tonumber(ARGV[3]))
if start >= stop then
  return false
end
for _, at in ipairs(redis.call('LPOS', KEYS[1], ARGV[1], 'COUNT', 0, 'MAXLEN', stop)) do
  if at >= start then
    return at
  end
end
return false

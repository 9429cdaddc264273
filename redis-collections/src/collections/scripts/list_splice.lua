-- KEYS: the list
-- ARGV: start and stop of a slice as in Python, value to replace it, ...
-- Returns: the number of elements that were replaced
local len = redis.call('LLEN', KEYS[1])

local function clamp(at)
  if at < 0 then
    at = at + len
  end
  return math.max(0, math.min(at, len))
end

local function append(values, more, first)
  for at = first, #more do
    values[#values + 1] = more[at]
  end
  return values
end

local function push(command, values)
  for at = 1, #values, 5000 do
    redis.call(command, KEYS[1], unpack(values, at, math.min(at + 4999, #values)))
  end
end

local start = clamp(tonumber(ARGV[1]))
local stop = math.max(start, clamp(tonumber(ARGV[2])))
if start == stop and #ARGV == 2 then
  return 0
end
if len > 0 and #ARGV - 2 > stop - start then
  -- A server whose memory is full refuses only the first write of a script, so this one must need memory.
  redis.call('LSET', KEYS[1], 0, redis.call('LINDEX', KEYS[1], 0))
end

-- The shorter side moves. The list is never empty in between, which would remove its time to live.
if start == 0 and stop == len then
  push('RPUSH', append({}, ARGV, 3))
  redis.call('LTRIM', KEYS[1], len, -1)
elseif start > 0 and len - stop <= start then
  local values = append(append({}, ARGV, 3), redis.call('LRANGE', KEYS[1], stop, -1), 1)
  redis.call('LTRIM', KEYS[1], 0, start - 1)
  push('RPUSH', values)
else
  local before = start > 0 and redis.call('LRANGE', KEYS[1], 0, start - 1) or {}
  local values = append(before, ARGV, 3)
  local reversed = {}
  for at = #values, 1, -1 do
    reversed[#reversed + 1] = values[at]
  end
  redis.call('LTRIM', KEYS[1], stop, -1)
  push('LPUSH', reversed)
end
return stop - start

-- KEYS: the list
-- ARGV: index, value
-- Returns: 1 if there is such an index, else 0
local len = redis.call('LLEN', KEYS[1])
local at = tonumber(ARGV[1])
if at < -len or at >= len then
  return 0
end
redis.call('LSET', KEYS[1], at, ARGV[2])
return 1

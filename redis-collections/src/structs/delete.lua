-- KEYS: the keys of the instance, then helper keys, all to be deleted
-- ARGV: the number of the instance's keys
-- Returns: 1 if any of the instance's keys existed, else 0
local count = tonumber(ARGV[1])
local deleted = 0
for n, key in ipairs(KEYS) do
  local found = redis.call('UNLINK', key)
  deleted = deleted + (n <= count and found or 0)
end
return deleted > 0 and 1 or 0

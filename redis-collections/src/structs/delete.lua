-- KEYS: the keys to delete, and helpers that go with them
-- ARGV: how many of them are no helpers
-- Returns: whether one of these was there
local count = tonumber(ARGV[1])
local deleted = 0
for n, key in ipairs(KEYS) do
  local found = redis.call('UNLINK', key)
  deleted = deleted + (n <= count and found or 0)
end
return deleted > 0 and 1 or 0

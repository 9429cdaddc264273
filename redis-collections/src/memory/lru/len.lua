-- KEYS: the hash
-- ARGV: number of fields that count in any case, field, ..., field that does not count, ...
-- Returns: how many fields count
local len = redis.call('HLEN', KEYS[1])
local counted = 1 + tonumber(ARGV[1])
for at = 2, #ARGV do
  local is_there = redis.call('HEXISTS', KEYS[1], ARGV[at])
  len = len + (at <= counted and 1 - is_there or -is_there)
end
return len

-- KEYS: a set, the set that may hold all its members
-- ARGV: none
-- Returns: 1 if it does, else 0
local common = redis.call('SINTERCARD', 2, KEYS[1], KEYS[2])
return common == redis.call('SCARD', KEYS[1]) and 1 or 0

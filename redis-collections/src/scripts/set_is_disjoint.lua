-- KEYS: a set, another set
-- ARGV: none
-- Returns: 1 if they have no member in common, else 0
return redis.call('SINTERCARD', 2, KEYS[1], KEYS[2], 'LIMIT', 1) == 0 and 1 or 0

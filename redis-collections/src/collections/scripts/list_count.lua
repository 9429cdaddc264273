-- KEYS: the list
-- ARGV: value
-- Returns: how many elements have it
return #redis.call('LPOS', KEYS[1], ARGV[1], 'COUNT', 0)

-- KEYS: the list
-- ARGV: value
-- Returns: the number of elements with this value
return #redis.call('LPOS', KEYS[1], ARGV[1], 'COUNT', 0)

-- KEYS: the hash
-- ARGV: field, expected number, new number
-- Returns: 1 if it was set, else 0
if (redis.call('HGET', KEYS[1], ARGV[1]) or '0') ~= ARGV[2] then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1

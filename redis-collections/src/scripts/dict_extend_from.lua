-- KEYS: the hash to extend, the hash whose entries it gets
-- ARGV: none
-- Returns: 1
redis.call('HLEN', KEYS[1])
local entries = redis.call('HGETALL', KEYS[2])
for at = 1, #entries, 5000 do
  redis.call('HSET', KEYS[1], unpack(entries, at, math.min(at + 4999, #entries)))
end
return 1

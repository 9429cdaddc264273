-- KEYS: the set to change, the other sets
-- ARGV: SUNIONSTORE, SINTERSTORE or SDIFFSTORE
-- Returns: 1
for _, key in ipairs(KEYS) do
  redis.call('SCARD', key)
end
local expires = redis.call('PEXPIRETIME', KEYS[1])
for at = 2, #KEYS, 5000 do
  redis.call(ARGV[1], KEYS[1], KEYS[1], unpack(KEYS, at, math.min(at + 4999, #KEYS)))
end
if expires > 0 then
  redis.call('PEXPIREAT', KEYS[1], expires)
end
return 1

-- KEYS: the set to change, the other sets, keys of its slot for sets that are given
-- ARGV: SUNIONSTORE, SINTERSTORE or SDIFFSTORE; for each set that is given, the number of its members, then these
-- Returns: 1
local refusal = wrong('set')
if refusal then
  return refusal
end
local given = stand('SADD', 2)
local expires = redis.call('PEXPIRETIME', KEYS[1])
for at = 2, #KEYS, 5000 do
  redis.call(ARGV[1], KEYS[1], KEYS[1], unpack(KEYS, at, math.min(at + 4999, #KEYS)))
end
expire_at(KEYS[1], expires)
leave(given)
return 1

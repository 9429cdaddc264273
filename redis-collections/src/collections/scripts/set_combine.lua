-- KEYS: the set to change, the other sets, temporary keys for sets that are sent
-- ARGV: SUNIONSTORE, SINTERSTORE or SDIFFSTORE; for each set that is sent, the number of its members, then the members
-- Returns: 1
local refusal = wrong('set')
if refusal then
  return refusal
end
local given = stage('SADD', 2)
local expires = redis.call('PEXPIRETIME', KEYS[1])
for at = 2, #KEYS, 5000 do
  redis.call(ARGV[1], KEYS[1], KEYS[1], unpack(KEYS, at, math.min(at + 4999, #KEYS)))
end
expire_at(KEYS[1], expires)
unstage(given)
return 1

-- KEYS: a set, another set
-- ARGV: the number of common members at which to stop counting, 0 to count all
-- Returns: {number of common members, size of the first set, size of the other}
local refusal = wrong('set')
if refusal then
  return refusal
end
return {
  redis.call('SINTERCARD', 2, KEYS[1], KEYS[2], 'LIMIT', ARGV[1]),
  redis.call('SCARD', KEYS[1]),
  redis.call('SCARD', KEYS[2]),
}

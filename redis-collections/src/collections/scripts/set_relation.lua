-- KEYS: a set, another set
-- ARGV: at how many common members to stop counting, 0 to count all
-- Returns: {how many members they have in common, how many the first has, how many the other}
local refusal = wrong('set')
if refusal then
  return refusal
end
return {
  redis.call('SINTERCARD', 2, KEYS[1], KEYS[2], 'LIMIT', ARGV[1]),
  redis.call('SCARD', KEYS[1]),
  redis.call('SCARD', KEYS[2]),
}

-- KEYS: the set to change, two keys of its slot for the result and what is new in it, the other sets, keys of its slot for sets that are given
-- ARGV: for each set that is given, the number of its members, then these
-- Returns: 1
local refusal = wrong('set')
if refusal then
  return refusal
end
local set, result, new = KEYS[1], KEYS[2], KEYS[3]
local given = stand('SADD', 1)
local expires = redis.call('PEXPIRETIME', set)

-- The set as it was may be among the others, too: two of it are none.
local current = set
for at = 4, #KEYS do
  if KEYS[at] == set then
    current = current == set and result or set
  end
end
for at = 4, #KEYS do
  if KEYS[at] ~= set then
    redis.call('SDIFFSTORE', new, KEYS[at], current)
    redis.call('SDIFFSTORE', result, current, KEYS[at])
    redis.call('SUNIONSTORE', result, result, new)
    current = result
  end
end
redis.call('UNLINK', new)
leave(given)
if current == set then
  return 1
elseif redis.call('EXISTS', result) == 0 then
  redis.call('UNLINK', set)
  return 1
end
redis.call('RENAME', result, set)
expire_at(set, expires)
return 1

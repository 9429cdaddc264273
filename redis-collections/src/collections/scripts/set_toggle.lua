-- KEYS: the set to change, temporary keys for the result and its new members, the other sets, temporary keys for sets that are sent
-- ARGV: for each set that is sent, the number of its members, then the members
-- Returns: 1
local refusal = wrong('set')
if refusal then
  return refusal
end
local set, result, new = KEYS[1], KEYS[2], KEYS[3]
local given = stage('SADD', 1)
local expires = redis.call('PEXPIRETIME', set)

-- The set may also be one of the others. Each time, it cancels itself out or comes back.
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
unstage(given)
if current == set then
  return 1
elseif redis.call('EXISTS', result) == 0 then
  redis.call('UNLINK', set)
  return 1
end
redis.call('RENAME', result, set)
expire_at(set, expires)
return 1

-- KEYS: the list to extend, the list to copy
-- ARGV: maxlen, if there is one
-- Returns: the length of the list
local refusal = wrong('list')
if refusal then
  return refusal
end
-- The length before the first push: a list that is extended by itself grows with each push.
local theirs = redis.call('LLEN', KEYS[2])
local most = tonumber(ARGV[1])
for first = 0, theirs - 1, 1000 do
  local values = redis.call('LRANGE', KEYS[2], first, math.min(first + 999, theirs - 1))
  redis.call('RPUSH', KEYS[1], unpack(values))
end
if most == 0 then
  redis.call('UNLINK', KEYS[1])
elseif most then
  redis.call('LTRIM', KEYS[1], -most, -1)
end
return redis.call('LLEN', KEYS[1])

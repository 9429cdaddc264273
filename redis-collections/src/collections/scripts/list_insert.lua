-- KEYS: the list
-- ARGV: index, value, and maxlen, if there is one
-- Returns: 1, or 0 if the list is full
local len = redis.call('LLEN', KEYS[1])
if ARGV[3] and len >= tonumber(ARGV[3]) then
  return 0
end
local at = tonumber(ARGV[1])
if at < 0 then
  at = at + len
end
if at <= 0 then
  redis.call('LPUSH', KEYS[1], ARGV[2])
elseif at >= len then
  redis.call('RPUSH', KEYS[1], ARGV[2])
else
  -- LINSERT searches by value: the element at the index gets a value that no element before it has.
  local mark = '~'
  while redis.call('LPOS', KEYS[1], mark, 'MAXLEN', at) do
    mark = mark .. '~'
  end
  local element = redis.call('LINDEX', KEYS[1], at)
  redis.call('LSET', KEYS[1], at, mark)
  redis.call('LINSERT', KEYS[1], 'BEFORE', mark, ARGV[2])
  redis.call('LSET', KEYS[1], at + 1, element)
end
return 1

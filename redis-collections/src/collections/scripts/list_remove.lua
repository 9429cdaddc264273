-- KEYS: the list
-- ARGV: index
-- Returns: the old value, or nil
local len = redis.call('LLEN', KEYS[1])
local at = tonumber(ARGV[1])
if at < 0 then
  at = at + len
end
if at < 0 or at >= len then
  return false
end
if at == 0 then
  return redis.call('LPOP', KEYS[1])
end
local value = redis.call('LINDEX', KEYS[1], at)
-- LREM removes by value: the element at the index gets a value that no element before it has.
local mark = '~'
while redis.call('LPOS', KEYS[1], mark, 'MAXLEN', at) do
  mark = mark .. '~'
end
-- A server whose memory is full refuses LSET as the first write of a script. LTRIM is allowed, so removing works.
redis.call('LTRIM', KEYS[1], 0, -1)
redis.call('LSET', KEYS[1], at, mark)
redis.call('LREM', KEYS[1], 1, mark)
return value

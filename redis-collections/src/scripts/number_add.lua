-- KEYS: the hash
-- ARGV: field, the amount to add, the least and the greatest number that it may be added to
-- Returns: the sum, or the error OVERFLOW; decimals are compared as text, a double would lose digits
local function below(a, b)
  local minus = a:sub(1, 1) == '-'
  if minus ~= (b:sub(1, 1) == '-') then
    return minus
  end
  if minus then
    a, b = b:sub(2), a:sub(2)
  end
  return #a < #b or (#a == #b and a < b)
end

local old = redis.call('HGET', KEYS[1], ARGV[1]) or '0'
if old:find('^-?%d+$') and (below(old, ARGV[3]) or below(ARGV[4], old)) then
  return redis.error_reply('OVERFLOW the sum would leave the range of its type')
end
redis.call('HINCRBY', KEYS[1], ARGV[1], ARGV[2])
return redis.call('HGET', KEYS[1], ARGV[1])

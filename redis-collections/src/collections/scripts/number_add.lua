-- KEYS: the hash
-- ARGV: field, amount to add, least and greatest number that the amount can be added to
-- Returns: the sum; or the error NOTNUMBER or OVERFLOW, and nothing has changed
local old = redis.call('HGET', KEYS[1], ARGV[1]) or '0'
if not is_count(old) then
  return NOT_A_COUNT
elseif below(old, ARGV[3]) or below(ARGV[4], old) then
  return OVERFLOW
end
redis.call('HINCRBY', KEYS[1], ARGV[1], ARGV[2])
return redis.call('HGET', KEYS[1], ARGV[1])

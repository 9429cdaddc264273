-- KEYS: the counter
-- ARGV: thing, the amount to add, the outermost count on its side that it may be added to, ...
-- Returns: 1, or the error NOTNUMBER or OVERFLOW, and then nothing has changed
for at = 1, #ARGV, 3 do
  local count = redis.call('HGET', KEYS[1], ARGV[at]) or '0'
  local bound = ARGV[at + 2]
  if not is_count(count) then
    return NOT_A_COUNT
  elseif below(ARGV[at + 1], '0') then
    count, bound = bound, count
  end
  if below(bound, count) then
    return OVERFLOW
  end
end
for at = 1, #ARGV, 3 do
  redis.call('HINCRBY', KEYS[1], ARGV[at], ARGV[at + 1])
end
return 1

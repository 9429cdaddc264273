-- KEYS: the counter
-- ARGV: thing, amount to add, last count that the amount can be added to, ...
-- Returns: 1; or the error NOTNUMBER or OVERFLOW, and nothing has changed
for first = 1, #ARGV, 6000 do
  local last = math.min(first + 5999, #ARGV)
  local things = {}
  for at = first, last, 3 do
    things[#things + 1] = ARGV[at]
  end
  for nth, count in ipairs(redis.call('HMGET', KEYS[1], unpack(things))) do
    local amount, bound = ARGV[first + 3 * nth - 2], ARGV[first + 3 * nth - 1]
    count = count or '0'
    if not is_count(count) then
      return NOT_A_COUNT
    -- Two numbers of at most 17 characters have a sum that fits.
    elseif #count > 17 or #amount > 17 then
      if amount:sub(1, 1) == '-' then
        count, bound = bound, count
      end
      if below(bound, count) then
        return OVERFLOW
      end
    end
  end
end
for at = 1, #ARGV, 3 do
  redis.call('HINCRBY', KEYS[1], ARGV[at], ARGV[at + 1])
end
return 1

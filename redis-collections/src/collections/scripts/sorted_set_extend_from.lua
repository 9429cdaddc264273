-- KEYS: the sorted set to extend, the sorted set to copy
-- ARGV: none
-- Returns: 1
local refusal = wrong('zset')
if refusal or KEYS[1] == KEYS[2] then
  return refusal or 1
end
for first = 0, redis.call('ZCARD', KEYS[2]) - 1, 1000 do
  local page = redis.call('ZRANGE', KEYS[2], first, first + 999, 'WITHSCORES')
  for at = 1, #page, 2 do
    page[at], page[at + 1] = page[at + 1], page[at]
  end
  redis.call('ZADD', KEYS[1], unpack(page))
end
return 1

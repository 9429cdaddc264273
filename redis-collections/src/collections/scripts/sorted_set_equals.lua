-- KEYS: a sorted set, another sorted set
-- ARGV: none
-- Returns: 1 if both have the same members with the same scores, else 0
local refusal = wrong('zset')
if refusal then
  return refusal
end
local len = redis.call('ZCARD', KEYS[1])
if len ~= redis.call('ZCARD', KEYS[2]) then
  return 0
end
for first = 0, len - 1, 1000 do
  local theirs = redis.call('ZRANGE', KEYS[2], first, first + 999, 'WITHSCORES')
  for nth, word in ipairs(redis.call('ZRANGE', KEYS[1], first, first + 999, 'WITHSCORES')) do
    if word ~= theirs[nth] then
      return 0
    end
  end
end
return 1

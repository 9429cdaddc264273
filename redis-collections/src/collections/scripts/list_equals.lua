-- KEYS: a list, another list
-- ARGV: none
-- Returns: 1 if both have the same elements in the same order, else 0
local refusal = wrong('list')
if refusal then
  return refusal
end
local len = redis.call('LLEN', KEYS[1])
if len ~= redis.call('LLEN', KEYS[2]) then
  return 0
end
for first = 0, len - 1, 1000 do
  local theirs = redis.call('LRANGE', KEYS[2], first, first + 999)
  for nth, value in ipairs(redis.call('LRANGE', KEYS[1], first, first + 999)) do
    if value ~= theirs[nth] then
      return 0
    end
  end
end
return 1

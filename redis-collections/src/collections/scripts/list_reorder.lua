-- KEYS: the list
-- ARGV: fingerprint of the expected elements, old position of each element in the new order, ...
-- Returns: 1 if it was reordered, 0 if the elements are not the expected ones
local values = redis.call('LRANGE', KEYS[1], 0, -1)
local parts = {}
for at, value in ipairs(values) do
  parts[at] = #value .. ':' .. value
end
if redis.sha1hex(table.concat(parts)) ~= ARGV[1] then
  return 0
end
local ordered = {}
for at = 2, #ARGV do
  ordered[at - 1] = values[tonumber(ARGV[at])]
end
for at = 1, #ordered, 5000 do
  redis.call('RPUSH', KEYS[1], unpack(ordered, at, math.min(at + 4999, #ordered)))
end
redis.call('LTRIM', KEYS[1], #values, -1)
return 1

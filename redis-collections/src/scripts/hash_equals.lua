-- KEYS: a hash, another hash
-- ARGV: none
-- Returns: 1 if both have the same fields with the same values, else 0
local refusal = wrong('hash')
if refusal then
  return refusal
end
if redis.call('HLEN', KEYS[1]) ~= redis.call('HLEN', KEYS[2]) then
  return 0
end
local cursor = '0'
repeat
  local page = redis.call('HSCAN', KEYS[1], cursor, 'COUNT', 1000)
  cursor = page[1]
  local fields, values = {}, {}
  for at = 1, #page[2], 2 do
    fields[#fields + 1], values[#values + 1] = page[2][at], page[2][at + 1]
  end
  for first = 1, #fields, 5000 do
    local last = math.min(first + 4999, #fields)
    for nth, value in ipairs(redis.call('HMGET', KEYS[2], unpack(fields, first, last))) do
      if value ~= values[first + nth - 1] then
        return 0
      end
    end
  end
until cursor == '0'
return 1

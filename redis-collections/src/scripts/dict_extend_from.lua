-- KEYS: the hash to extend, the hash whose entries it gets
-- ARGV: none
-- Returns: 1
local refusal = wrong('hash')
if refusal or KEYS[1] == KEYS[2] then
  return refusal or 1
end
local cursor = '0'
repeat
  local page = redis.call('HSCAN', KEYS[2], cursor, 'COUNT', 1000)
  cursor = page[1]
  for at = 1, #page[2], 5000 do
    redis.call('HSET', KEYS[1], unpack(page[2], at, math.min(at + 4999, #page[2])))
  end
until cursor == '0'
return 1

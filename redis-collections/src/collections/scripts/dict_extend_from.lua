-- KEYS: the hash to extend, the hash to copy
-- ARGV: none
-- Returns: 1
local refusal = wrong('hash')
if refusal or KEYS[1] == KEYS[2] then
  return refusal or 1
end
each_page(KEYS[2], function(fields, values)
  local entries = {}
  for nth, field in ipairs(fields) do
    entries[#entries + 1], entries[#entries + 2] = field, values[nth]
  end
  redis.call('HSET', KEYS[1], unpack(entries))
end)
return 1

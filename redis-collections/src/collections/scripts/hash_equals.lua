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
local differs = each_page(KEYS[1], function(fields, values)
  for nth, value in ipairs(redis.call('HMGET', KEYS[2], unpack(fields))) do
    if value ~= values[nth] then
      return true
    end
  end
end)
return differs and 0 or 1

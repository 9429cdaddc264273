-- KEYS: the hash
-- ARGV: none
-- Returns: {field, value}, or {} if the hash is empty
local entry = redis.call('HRANDFIELD', KEYS[1], 1, 'WITHVALUES')
if entry[1] then
  redis.call('HDEL', KEYS[1], entry[1])
end
return entry

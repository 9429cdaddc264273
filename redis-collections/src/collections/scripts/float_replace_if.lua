-- KEYS: the hash
-- ARGV: field, '<f' or '<d', expected number, new number
-- Returns: 1 if it was set, else 0
local function round(text)
  local number = tonumber(text)
  return number and (struct.unpack(ARGV[2], struct.pack(ARGV[2], number)))
end

if round(redis.call('HGET', KEYS[1], ARGV[1]) or '0') ~= round(ARGV[3]) then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[4])
return 1

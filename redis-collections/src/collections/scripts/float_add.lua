-- KEYS: the hash
-- ARGV: field, '<f' or '<d', amount to add
-- Returns: the sum as the shortest text that parses to it; or the error NOTNUMBER or OVERFLOW
local function round(number)
  return (struct.unpack(ARGV[2], struct.pack(ARGV[2], number)))
end

local old = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
if not old or old ~= old then
  return redis.error_reply('NOTNUMBER the stored value is not a number')
end
local sum = round(round(old) + tonumber(ARGV[3]))
if sum - sum ~= 0 then
  return redis.error_reply('OVERFLOW the sum would leave the range of its type')
end
local text
for digits = 6, 17 do
  text = string.format('%.' .. digits .. 'g', sum)
  if round(tonumber(text)) == sum then
    break
  end
end
redis.call('HSET', KEYS[1], ARGV[1], text)
return text

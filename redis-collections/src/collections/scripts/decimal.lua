-- Precedes the scripts that compare counts: as text, since a double loses digits past 2^53.
local LEAST, GREATEST = '-9223372036854775808', '9223372036854775807'

local function below(a, b)
  local minus = a:sub(1, 1) == '-'
  if minus ~= (b:sub(1, 1) == '-') then
    return minus
  end
  if minus then
    a, b = b:sub(2), a:sub(2)
  end
  return #a < #b or (#a == #b and a < b)
end

local function is_count(text)
  return text == '0'
    or (
      text:find('^-?[1-9]%d*$')
      and (#text < #GREATEST or (not below(text, LEAST) and not below(GREATEST, text)))
    )
end

local NOT_A_COUNT = redis.error_reply('NOTNUMBER the stored value is not an integer')
local OVERFLOW = redis.error_reply('OVERFLOW the sum would leave the range of its type')


-- Stands before the scripts that have several keys.

-- The error for the first of KEYS that holds something else than a `kind`, if there is one.
local function wrong(kind)
  for at, key in ipairs(KEYS) do
    local found = redis.call('TYPE', key).ok
    if found ~= 'none' and found ~= kind then
      return redis.error_reply('WRONGTYPE of key ' .. at)
    end
  end
end

-- Lets `command` put what ARGV gives from `first` on into the last of KEYS: for each the number of
-- its words, then these. One that has none stands there already. Returns which of KEYS is the first.
local function stand(command, first)
  local parts, at = {}, first
  while at <= #ARGV do
    parts[#parts + 1] = at
    at = at + 1 + tonumber(ARGV[at])
  end
  local given = #KEYS - #parts
  for nth, part in ipairs(parts) do
    local last = part + tonumber(ARGV[part])
    for from = part + 1, last, 4998 do
      redis.call(command, KEYS[given + nth], unpack(ARGV, from, math.min(from + 4997, last)))
    end
  end
  return given + 1
end

-- Removes what stands in the last of KEYS, from the one at `first` on.
local function leave(first)
  for at = first, #KEYS do
    redis.call('UNLINK', KEYS[at])
  end
end

-- Lets what stands at `key` vanish at `moment`, in milliseconds since 1970, if that is one.
local function expire_at(key, moment)
  if moment > 0 then
    -- Lua would write a far one with an exponent, which is no integer to the server.
    redis.call('PEXPIREAT', key, string.format('%.0f', moment))
  end
end

-- Calls `visit` with the fields and values of the hash at `key`, some at a time, until it gives a fault.
-- The hash stays as it is meanwhile, so each of them comes once.
local function each_page(key, visit)
  local cursor = '0'
  repeat
    local page = redis.call('HSCAN', key, cursor, 'COUNT', 1000)
    for first = 1, #page[2], 4000 do
      local last = math.min(first + 3999, #page[2])
      local fields, values = {}, {}
      for at = first, last, 2 do
        fields[#fields + 1], values[#values + 1] = page[2][at], page[2][at + 1]
      end
      local fault = visit(fields, values)
      if fault then
        return fault
      end
    end
    cursor = page[1]
  until cursor == '0'
end


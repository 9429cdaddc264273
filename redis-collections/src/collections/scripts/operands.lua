-- Precedes the scripts on several keys.

-- Returns an error for the first of KEYS that is not a `kind`, if there is one.
local function wrong(kind)
  for at, key in ipairs(KEYS) do
    local found = redis.call('TYPE', key).ok
    if found ~= 'none' and found ~= kind then
      return redis.error_reply('WRONGTYPE of key ' .. at)
    end
  end
end

-- Writes the collections in ARGV, from `first` on, to temporary keys, the last of KEYS. ARGV has the
-- number of words of each collection, then the words. A collection of no words is already staged.
-- Returns the index of the first temporary key.
local function stage(command, first)
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

-- Removes the temporary keys, from the one at `first` on.
local function unstage(first)
  for at = first, #KEYS do
    redis.call('UNLINK', KEYS[at])
  end
end

-- Lets `key` expire at `moment`, in milliseconds since 1970, unless that is negative: no time to live.
local function expire_at(key, moment)
  if moment > 0 then
    -- Lua formats a great number with an exponent, which the server does not take for an integer.
    redis.call('PEXPIREAT', key, string.format('%.0f', moment))
  end
end

-- Calls `visit` with the fields and values of the hash at `key`, a page at a time, until it returns a
-- fault. Nothing else runs during a script, so each field comes once.
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


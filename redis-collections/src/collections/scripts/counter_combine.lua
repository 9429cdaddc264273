-- KEYS: the counter, a temporary key for the result, the other counter or a temporary key for it
-- ARGV: add, subtract, max or min; all, or positive to drop counts below 1; twice the number of counts that are sent, thing, count, ...
-- Returns: 1; or the error NOTNUMBER or one of HINCRBY, and nothing has changed
local refusal = wrong('hash')
if refusal then
  return refusal
end
local counter, result, other = KEYS[1], KEYS[2], KEYS[3]
local given = stage('HSET', 3)

-- HINCRBY refuses a value that is not an integer, and a sum out of range.
local function add(thing, count)
  local reply = redis.pcall('HINCRBY', result, thing, count)
  return type(reply) == 'table' and reply
end

local function subtract(thing, count)
  if count == LEAST then
    -- HINCRBY cannot take its opposite, which is out of range by one.
    local fault = add(thing, '1')
    if fault then
      return fault
    end
    count = '-' .. GREATEST
  end
  local opposite = count:sub(1, 1) == '-' and count:sub(2) or '-' .. count
  return add(thing, count == '0' and count or opposite)
end

local function each(change)
  return each_page(other, function(things, counts)
    for nth, thing in ipairs(things) do
      local fault = change(thing, counts[nth])
      if fault then
        return fault
      end
    end
  end)
end

-- Copies the counts of the other that `is_wanted` accepts.
local function choose(is_wanted)
  return each_page(other, function(things, counts)
    local chosen = {}
    for nth, ours in ipairs(redis.call('HMGET', result, unpack(things))) do
      ours = ours or '0'
      if not is_count(counts[nth]) or not is_count(ours) then
        return NOT_A_COUNT
      elseif is_wanted(ours, counts[nth]) then
        chosen[#chosen + 1], chosen[#chosen + 2] = things[nth], counts[nth]
      end
    end
    if #chosen > 0 then
      redis.call('HSET', result, unpack(chosen))
    end
  end)
end

local combine = {
  add = function() return each(add) end,
  subtract = function() return each(subtract) end,
  max = function() return choose(below) end,
  min = function() return choose(function(ours, theirs) return below(theirs, ours) end) end,
}

-- Removes counts below 1; for min, also the things that the other does not have, since they count 0.
local function drop()
  local gone = {}
  local fault = each_page(result, function(things, counts)
    local theirs = ARGV[1] == 'min' and redis.call('HMGET', other, unpack(things))
    for nth, count in ipairs(counts) do
      if not is_count(count) then
        return NOT_A_COUNT
      elseif count == '0' or count:sub(1, 1) == '-' or (theirs and not theirs[nth]) then
        gone[#gone + 1] = things[nth]
      end
    end
  end)
  for first = 1, fault and 0 or #gone, 5000 do
    redis.call('HDEL', result, unpack(gone, first, math.min(first + 4999, #gone)))
  end
  return fault
end

redis.call('COPY', counter, result)
local fault = combine[ARGV[1]]() or (ARGV[2] == 'positive' and drop())
unstage(given)
if fault then
  redis.call('UNLINK', result)
  return fault
elseif redis.call('EXISTS', result) == 1 then
  redis.call('RENAME', result, counter)
else
  redis.call('UNLINK', counter)
end
return 1

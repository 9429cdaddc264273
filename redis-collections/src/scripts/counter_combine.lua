-- KEYS: the counter, a key of its slot for the result meanwhile, the other counter or a key of its slot for it
-- ARGV: add, subtract, max or min; all, or positive to drop counts below 1; twice the number of counts, thing, count, ... if they are given
-- Returns: 1, or the error NOTNUMBER or of HINCRBY, and then nothing has changed
local refusal = wrong('hash')
if refusal then
  return refusal
end
local counter, result = KEYS[1], KEYS[2]
local given = stand('HSET', 3)
local others = redis.call('HGETALL', KEYS[3])
leave(given)

local function refuse(fault)
  redis.call('UNLINK', result)
  return fault
end

local function count_of(thing)
  return redis.call('HGET', result, thing) or '0'
end

local combine = {
  add = function(thing, count)
    return redis.pcall('HINCRBY', result, thing, count)
  end,
  subtract = function(thing, count)
    if count == LEAST then
      -- Its opposite is one more than HINCRBY takes.
      local reply = redis.pcall('HINCRBY', result, thing, '1')
      if type(reply) == 'table' then
        return reply
      end
      count = '-' .. GREATEST
    end
    local opposite = count:sub(1, 1) == '-' and count:sub(2) or '-' .. count
    return redis.pcall('HINCRBY', result, thing, count == '0' and count or opposite)
  end,
  max = function(thing, count)
    if below(count_of(thing), count) then
      redis.call('HSET', result, thing, count)
    end
  end,
  min = function(thing, count)
    if below(count, count_of(thing)) then
      redis.call('HSET', result, thing, count)
    end
  end,
}

redis.call('COPY', counter, result)
local met = {}
for at = 1, #others, 2 do
  local thing, count = others[at], others[at + 1]
  if not is_count(count) or not is_count(count_of(thing)) then
    return refuse(NOT_A_COUNT)
  end
  local reply = combine[ARGV[1]](thing, count)
  if type(reply) == 'table' then
    return refuse(reply)
  end
  met[thing] = true
end

local ours = ARGV[2] == 'positive' and redis.call('HGETALL', result) or {}
for at = 1, #ours, 2 do
  local thing, count = ours[at], ours[at + 1]
  if not is_count(count) then
    return refuse(NOT_A_COUNT)
  elseif not below('0', count) or (ARGV[1] == 'min' and not met[thing]) then
    redis.call('HDEL', result, thing)
  end
end

if redis.call('EXISTS', result) == 1 then
  redis.call('RENAME', result, counter)
else
  redis.call('UNLINK', counter)
end
return 1

-- Part 4 of 5 of the sync script: one action for each kind of key write.
-- KEYS: the written keys
-- ARGV: the key writes; the comment above each action names its arguments
-- Returns: nothing; leaves `action`. An action may return a reply for its key.
local commands = {hash = 'HSET', count = 'HSET', set = 'SADD', zset = 'ZADD', list = 'RPUSH', bounded = 'RPUSH', geo = 'GEOADD'}

-- Calls `command` with args[first] to args[last], at most 4,998 in one call: whole pairs and whole triples.
local function pass(command, key, first, last)
  for at = first, last, 4998 do
    redis.call(command, key, unpack(args, at, math.min(at + 4997, last)))
  end
end

local action = {}

-- kind of the entries, …: all checked before
function action.expect() end

-- number of fields to set, field, value, ..., field to delete, ...
function action.hash(write)
  local set = write.first + 2 * tonumber(args[write.first])
  pass('HSET', write.key, write.first + 1, set)
  pass('HDEL', write.key, set + 1, write.last)
end

-- number of members to add, member, ..., member to remove, ...
function action.set(write)
  local added = write.first + tonumber(args[write.first])
  pass('SADD', write.key, write.first + 1, added)
  pass('SREM', write.key, added + 1, write.last)
end

-- number of members to set, score, member, ..., member to remove, ...
function action.zset(write)
  local set = write.first + 2 * tonumber(args[write.first])
  pass('ZADD', write.key, write.first + 1, set)
  pass('ZREM', write.key, set + 1, write.last)
end

-- number of counts that stay, field, increment, ..., field that is deleted if its count is 0, increment, ...
function action.count(write)
  local stay = write.first + 2 * tonumber(args[write.first])
  for n = stay + 1, write.last, 2 do
    if redis.call('HGET', write.key, args[n]) == '0' then
      redis.call('HDEL', write.key, args[n])
    end
  end
end

-- see `ends_of`
function action.ends(write)
  local key, ends = write.key, ends_of(write)
  if ends.front > 0 then
    redis.call('LTRIM', key, ends.front, -1)
  end
  if ends.back > 0 then
    redis.call('LTRIM', key, 0, -1 - ends.back)
  end
  for n = ends.behind - 1, ends.before, -1 do
    redis.call('LPUSH', key, args[n])
  end
  pass('RPUSH', key, ends.behind, write.last)
  if ends.longest >= 0 and ends.behind <= write.last then
    redis.call('LTRIM', key, -ends.longest, -1)
  elseif ends.longest >= 0 then
    redis.call('LTRIM', key, 0, ends.longest - 1)
  end
  return not write.expected and redis.call('LRANGE', key, 0, -1)
end

-- digest of the loaded list, maximum length or -1, element, ...
function action.swap(write)
  local length, longest = redis.call('LLEN', write.key), tonumber(args[write.first + 1])
  pass('RPUSH', write.key, write.first + 2, write.last)
  redis.call('LTRIM', write.key, length, -1)
  if longest >= 0 then
    redis.call('LTRIM', write.key, longest == 0 and 1 or -longest, longest == 0 and 0 or -1)
    return redis.call('LRANGE', write.key, 0, -1)
  end
end

-- content, argument of the command that fills a key with it, ...
function action.replace(write)
  local command = commands[args[write.first]]
  if write.first == write.last then
    redis.call('UNLINK', write.key)
    return
  end
  for at = write.first + 1, write.last, 4998 do
    redis.call(command, beside, unpack(args, at, math.min(at + 4997, write.last)))
    -- If a later part is refused, the temporary key expires.
    redis.call('PEXPIRE', beside, 60000)
  end
  redis.call('RENAME', beside, write.key)
  if args[write.first] == 'bounded' then
    return redis.call('LRANGE', write.key, 0, -1)
  end
end

-- operation, ...: refuses them from now on
function action.forget(write)
  local refused = {}
  for n = write.first, write.last do
    if not is_known(args[n]) then
      refused[#refused + 1] = '-' .. args[n]
    end
  end
  remember(refused)
end

-- operation, ...: the same, and returns whether each was made
function action.settle(write)
  local made = {}
  for n = write.first, write.last do
    made[#made + 1] = is_known(args[n]) and 1 or 0
  end
  action.forget(write)
  return made
end

-- KEYS: those of the sections
-- ARGV: those of the sections; what each action takes stands above it
-- Returns: nothing: it leaves `action`, of which each may give an answer for its key
local commands = {hash = 'HSET', count = 'HSET', set = 'SADD', zset = 'ZADD', list = 'RPUSH', bounded = 'RPUSH', geo = 'GEOADD'}

-- Calls `command` with args[first] to args[last], at most 4,998 at once: whole pairs, and whole triples.
local function pass(command, key, first, last)
  for at = first, last, 4998 do
    redis.call(command, key, unpack(args, at, math.min(at + 4997, last)))
  end
end

local action = {}

-- kind of the entries, …: checked before
function action.expect() end

-- number of fields to set, field, value, ..., field to delete, ...
function action.hash(section)
  local set = section.first + 2 * tonumber(args[section.first])
  pass('HSET', section.key, section.first + 1, set)
  pass('HDEL', section.key, set + 1, section.last)
end

-- number of members to add, member, ..., member to remove, ...
function action.set(section)
  local added = section.first + tonumber(args[section.first])
  pass('SADD', section.key, section.first + 1, added)
  pass('SREM', section.key, added + 1, section.last)
end

-- number of members to set, score, member, ..., member to remove, ...
function action.zset(section)
  local set = section.first + 2 * tonumber(args[section.first])
  pass('ZADD', section.key, section.first + 1, set)
  pass('ZREM', section.key, set + 1, section.last)
end

-- number of counts that stay, field, increment, ..., field that goes if its count is then 0, increment, ...
function action.count(section)
  local stay = section.first + 2 * tonumber(args[section.first])
  for n = stay + 1, section.last, 2 do
    if redis.call('HGET', section.key, args[n]) == '0' then
      redis.call('HDEL', section.key, args[n])
    end
  end
end

-- see `ends_of`
function action.ends(section)
  local key, ends = section.key, ends_of(section)
  if ends.front > 0 then
    redis.call('LTRIM', key, ends.front, -1)
  end
  if ends.back > 0 then
    redis.call('LTRIM', key, 0, -1 - ends.back)
  end
  for n = ends.behind - 1, ends.before, -1 do
    redis.call('LPUSH', key, args[n])
  end
  pass('RPUSH', key, ends.behind, section.last)
  if ends.longest >= 0 and ends.behind <= section.last then
    redis.call('LTRIM', key, -ends.longest, -1)
  elseif ends.longest >= 0 then
    redis.call('LTRIM', key, 0, ends.longest - 1)
  end
  return not section.expected and redis.call('LRANGE', key, 0, -1)
end

-- digest of the list as it was loaded, longest length or -1, value, ...
function action.swap(section)
  local length, longest = redis.call('LLEN', section.key), tonumber(args[section.first + 1])
  pass('RPUSH', section.key, section.first + 2, section.last)
  redis.call('LTRIM', section.key, length, -1)
  if longest >= 0 then
    redis.call('LTRIM', section.key, longest == 0 and 1 or -longest, longest == 0 and 0 or -1)
    return redis.call('LRANGE', section.key, 0, -1)
  end
end

-- kind, argument of the command that fills a key of that kind, ...
function action.replace(section)
  local command = commands[args[section.first]]
  if section.first == section.last then
    redis.call('UNLINK', section.key)
    return
  end
  for at = section.first + 1, section.last, 4998 do
    redis.call(command, beside, unpack(args, at, math.min(at + 4997, section.last)))
    -- If a later part is refused, nothing stays that should not.
    redis.call('PEXPIRE', beside, 60000)
  end
  redis.call('RENAME', beside, section.key)
  if args[section.first] == 'bounded' then
    return redis.call('LRANGE', section.key, 0, -1)
  end
end

-- operation, ...: sees to it that none of them will be made from now on
function action.forget(section)
  local refused = {}
  for n = section.first, section.last do
    if not is_known(args[n]) then
      refused[#refused + 1] = '-' .. args[n]
    end
  end
  remember(refused)
end

-- operation, ...: the same, and tells of each whether it was made
function action.settle(section)
  local made = {}
  for n = section.first, section.last do
    made[#made + 1] = is_known(args[n]) and 1 or 0
  end
  action.forget(section)
  return made
end

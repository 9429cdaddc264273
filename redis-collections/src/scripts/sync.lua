-- KEYS: the keys that are written, all of one slot
-- ARGV: for each section: action, index of its key, number of its arguments, its arguments (see `action` below)
-- Returns: {'ok', answer of each section}, {'conflict', index of each changed key}, {'type', index, expected} or {'overflow', index} or {'number', index}; in all but the first case nothing is written
local kinds = {hash = 'hash', count = 'hash', set = 'set', zset = 'zset', ends = 'list', swap = 'list'}
local commands = {hash = 'HSET', count = 'HSET', set = 'SADD', zset = 'ZADD', list = 'RPUSH', bounded = 'RPUSH', geo = 'GEOADD'}

local function fingerprint(bytes)
  return string.sub(redis.sha1hex(bytes), 1, 32)
end

local function digest(key)
  local all = redis.call('LRANGE', key, 0, -1)
  for at = 1, #all do
    all[at] = fingerprint(all[at])
  end
  return fingerprint(table.concat(all))
end

-- Calls `command` with ARGV[first] to ARGV[last], at most 4,998 at once: whole pairs, and whole triples.
local function pass(command, key, first, last)
  for at = first, last, 4998 do
    redis.call(command, key, unpack(ARGV, at, math.min(at + 4997, last)))
  end
end

local sections, at = {}, 1
while at <= #ARGV do
  local first = at + 3
  local last = first + tonumber(ARGV[at + 2]) - 1
  sections[#sections + 1] = {action = ARGV[at], index = tonumber(ARGV[at + 1]), key = KEYS[tonumber(ARGV[at + 1])], first = first, last = last}
  at = last + 1
end

-- Whether the elements that were taken from both ends are still there: ARGV: taken at the front, taken at the back, their fingerprints.
local function ends_agree(section)
  local front, back = tonumber(ARGV[section.first]), tonumber(ARGV[section.first + 1])
  if redis.call('LLEN', section.key) < front + back then
    return false
  end
  for n = 1, front do
    if fingerprint(redis.call('LINDEX', section.key, n - 1)) ~= ARGV[section.first + 1 + n] then
      return false
    end
  end
  for n = 1, back do
    if fingerprint(redis.call('LINDEX', section.key, n - 1 - back)) ~= ARGV[section.first + 1 + front + n] then
      return false
    end
  end
  return true
end

local conflicts = {'conflict'}
for _, section in ipairs(sections) do
  local expected = kinds[section.action]
  if expected then
    local found = redis.call('TYPE', section.key).ok
    if found ~= 'none' and found ~= expected then
      return {'type', section.index, expected}
    end
  end
  if section.action == 'swap' and digest(section.key) ~= ARGV[section.first] then
    conflicts[#conflicts + 1] = section.index
  elseif section.action == 'ends' and not ends_agree(section) then
    conflicts[#conflicts + 1] = section.index
  elseif section.action == 'count' then
    for n = section.first + 1, section.last, 2 do
      local count = redis.call('HGET', section.key, ARGV[n])
      if count and not string.match(count, '^-?%d+$') then
        return {'number', section.index}
      end
    end
  end
end
if #conflicts > 1 then
  return conflicts
end

local action = {}

-- number of fields to set, field, value, ..., field to delete, ...
function action.hash(section)
  local set = section.first + 2 * tonumber(ARGV[section.first])
  pass('HSET', section.key, section.first + 1, set)
  pass('HDEL', section.key, set + 1, section.last)
end

-- number of members to add, member, ..., member to remove, ...
function action.set(section)
  local added = section.first + tonumber(ARGV[section.first])
  pass('SADD', section.key, section.first + 1, added)
  pass('SREM', section.key, added + 1, section.last)
end

-- number of members to set, score, member, ..., member to remove, ...
function action.zset(section)
  local set = section.first + 2 * tonumber(ARGV[section.first])
  pass('ZADD', section.key, section.first + 1, set)
  pass('ZREM', section.key, set + 1, section.last)
end

-- number of counts that stay, field, increment, ..., field that goes if its count is then 0, increment, ...
function action.count(section)
  local stay = section.first + 2 * tonumber(ARGV[section.first])
  for n = stay + 1, section.last, 2 do
    if redis.call('HGET', section.key, ARGV[n]) == '0' then
      redis.call('HDEL', section.key, ARGV[n])
    end
  end
end

-- taken at the front, taken at the back, their fingerprints, longest length or -1, number of values before, values before (the first one first), values behind
function action.ends(section)
  local front, back = tonumber(ARGV[section.first]), tonumber(ARGV[section.first + 1])
  local at = section.first + 2 + front + back
  local longest, before = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  if front > 0 then
    redis.call('LTRIM', section.key, front, -1)
  end
  if back > 0 then
    redis.call('LTRIM', section.key, 0, -1 - back)
  end
  for n = at + 1 + before, at + 2, -1 do
    redis.call('LPUSH', section.key, ARGV[n])
  end
  pass('RPUSH', section.key, at + 2 + before, section.last)
  if longest >= 0 and at + 2 + before <= section.last then
    redis.call('LTRIM', section.key, -longest, -1)
  elseif longest >= 0 then
    redis.call('LTRIM', section.key, 0, longest - 1)
  end
  return redis.call('LRANGE', section.key, 0, -1)
end

-- digest of the list as it was loaded, longest length or -1, value, ...
function action.swap(section)
  local longest = tonumber(ARGV[section.first + 1])
  redis.call('DEL', section.key)
  pass('RPUSH', section.key, section.first + 2, section.last)
  if longest >= 0 then
    redis.call('LTRIM', section.key, longest == 0 and 1 or -longest, longest == 0 and 0 or -1)
    return redis.call('LRANGE', section.key, 0, -1)
  end
end

-- kind, argument of the command that fills a key of that kind, ...
function action.replace(section)
  redis.call('DEL', section.key)
  pass(commands[ARGV[section.first]], section.key, section.first + 1, section.last)
  if ARGV[section.first] == 'bounded' then
    return redis.call('LRANGE', section.key, 0, -1)
  end
end

-- Increments are made first: one that overflows is found only by making it, and all are undone.
local made = {}
for _, section in ipairs(sections) do
  if section.action == 'count' then
    for n = section.first + 1, section.last, 2 do
      local before = redis.call('HGET', section.key, ARGV[n])
      local reply = redis.pcall('HINCRBY', section.key, ARGV[n], ARGV[n + 1])
      if type(reply) == 'table' and reply.err then
        for undo = #made, 1, -1 do
          local key, field, count = unpack(made[undo])
          if count then
            redis.call('HSET', key, field, count)
          else
            redis.call('HDEL', key, field)
          end
        end
        -- A full memory or a replica refuses the first write: that is no overflow.
        return string.find(reply.err, '^ERR') and {'overflow', section.index} or reply
      end
      made[#made + 1] = {section.key, ARGV[n], before}
    end
  end
end

local answers = {'ok'}
for _, section in ipairs(sections) do
  local ttl = redis.call('PTTL', section.key)
  answers[#answers + 1] = action[section.action](section) or false
  if ttl >= 0 and redis.call('PTTL', section.key) == -1 then
    redis.call('PEXPIRE', section.key, math.max(ttl, 1))
  end
end
return answers

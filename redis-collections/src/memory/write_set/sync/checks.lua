-- KEYS: those of the sections
-- ARGV: those of the sections that are not skipped
-- Returns: {'type', …}, {'number', …} or {'conflict', …}, before anything is written
local kinds = {hash = 'hash', count = 'hash', set = 'set', zset = 'zset', ends = 'list', swap = 'list'}

-- A short value stands for itself; a hash begins with a digit, which no length is.
local function fingerprint(bytes)
  return #bytes <= 15 and string.char(#bytes) .. bytes or string.sub(redis.sha1hex(bytes), 1, 30)
end

-- Whether the list is the one whose digest is given, if one is.
local function is_whole(key, expected)
  if expected == '' then
    return true
  end
  local all = redis.call('LRANGE', key, 0, -1)
  for n = 1, #all do
    all[n] = fingerprint(all[n])
  end
  return fingerprint(table.concat(all)) == expected
end

-- Whether the elements of the list from `start` on have the fingerprints in args[first] to args[first + count - 1].
local function agree(key, start, first, count)
  if count == 0 then
    return true
  end
  local found = redis.call('LRANGE', key, start, start + count - 1)
  for n = 1, count do
    if not found[n] or fingerprint(found[n]) ~= args[first + n - 1] then
      return false
    end
  end
  return true
end

-- The arguments of `ends`, by their names: digest or '', longest length or -1, number kept or -1, taken at the front, taken at the back, number of probes, number of values before; then fingerprints of what was taken at the front and at the back, of the first and the last kept ones, then values before (the first one first), values behind.
local function ends_of(section)
  local at = section.first
  local ends = {digest = args[at], front = tonumber(args[at + 3]), back = tonumber(args[at + 4])}
  ends.longest, ends.kept, ends.probes = tonumber(args[at + 1]), tonumber(args[at + 2]), tonumber(args[at + 5])
  ends.taken = at + 7
  ends.probed = ends.taken + ends.front + ends.back
  ends.before = ends.probed + 2 * ends.probes
  ends.behind = ends.before + tonumber(args[at + 6])
  return ends
end

-- Checks `ends`, and notes whether the list is as it is expected but for the change.
local function ends_agree(section)
  local key, ends = section.key, ends_of(section)
  local length, taken = redis.call('LLEN', key), ends.front + ends.back
  section.expected = ends.kept >= 0 and length == taken + ends.kept
    and agree(key, ends.front, ends.probed, ends.probes)
    and agree(key, ends.front + ends.kept - ends.probes, ends.probed + ends.probes, ends.probes)
  return length >= taken and is_whole(key, ends.digest)
    and agree(key, 0, ends.taken, ends.front)
    and agree(key, length - ends.back, ends.taken + ends.front, ends.back)
end

-- What stands for the value of an entry, '-' if there is none.
local found = {}
function found.hash(key, field)
  local value = redis.call('HGET', key, field)
  return value and fingerprint(value) or '-'
end
function found.count(key, field)
  return redis.call('HGET', key, field) or '-'
end
function found.set(key, member)
  return redis.call('SISMEMBER', key, member) == 1 and '+' or '-'
end
function found.zset(key, member)
  local score = redis.call('ZSCORE', key, member)
  return score and tonumber(score) or '-'
end

-- Checks `expect`: kind of the entries, then for each: field, number of values that it may have, what stands for each.
local function entries_agree(section)
  local kind, at = args[section.first], section.first + 1
  while at <= section.last do
    local value, count, agrees = found[kind](section.key, args[at]), tonumber(args[at + 1]), false
    for n = at + 2, at + 1 + count do
      local expected = args[n]
      if kind == 'zset' and expected ~= '-' then
        expected = tonumber(expected)
      end
      agrees = agrees or value == expected
    end
    if not agrees then
      return false
    end
    at = at + 2 + count
  end
  return true
end

local checks = {ends = ends_agree, expect = entries_agree}
function checks.swap(section)
  return is_whole(section.key, args[section.first])
end

local conflicts, noted = {'conflict'}, {}
for _, section in ipairs(sections) do
  local expected = kinds[section.action == 'expect' and args[section.first] or section.action]
  local stored = expected and redis.call('TYPE', section.key).ok
  if expected and stored ~= 'none' and stored ~= expected then
    return {'type', section.index, expected}
  end
  if section.action == 'count' and not section.skipped then
    for n = section.first + 1, section.last, 2 do
      local count = redis.call('HGET', section.key, args[n])
      if count and not string.match(count, '^-?%d+$') then
        return {'number', section.index}
      end
    end
  end
end
for _, section in ipairs(sections) do
  local check = checks[section.action]
  if check and not section.skipped and not check(section) and not noted[section.index] then
    noted[section.index] = true
    conflicts[#conflicts + 1] = section.index
  end
end
if #conflicts > 1 then
  return conflicts
end

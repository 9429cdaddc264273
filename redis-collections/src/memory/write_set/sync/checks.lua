-- Part 3 of 5 of the sync script: checks everything before the first write.
-- KEYS: the written keys
-- ARGV: the key writes that are not skipped
-- Returns: {'type', …}, {'number', …} or {'conflict', …}
local kinds = {hash = 'hash', count = 'hash', set = 'set', zset = 'zset', ends = 'list', swap = 'list'}

-- A short value is its own fingerprint. A hash begins with a digit, which is no valid length.
local function fingerprint(bytes)
  return #bytes <= 15 and string.char(#bytes) .. bytes or string.sub(redis.sha1hex(bytes), 1, 30)
end

-- Returns whether the list has the given digest, or whether none is given.
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

-- Returns whether the elements of the list from `start` on have the fingerprints in args[first] to args[first + count - 1].
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

-- The arguments of `ends`, by name: digest or '', maximum length or -1, number of kept elements or -1, number removed at the front, number removed at the back, number of probes, number of elements added before; then the fingerprints of the elements removed at the front and at the back, and of the first and the last kept elements; then the elements added before (the first one first), and the elements added after.
local function ends_of(write)
  local at = write.first
  local ends = {digest = args[at], front = tonumber(args[at + 3]), back = tonumber(args[at + 4])}
  ends.longest, ends.kept, ends.probes = tonumber(args[at + 1]), tonumber(args[at + 2]), tonumber(args[at + 5])
  ends.taken = at + 7
  ends.probed = ends.taken + ends.front + ends.back
  ends.before = ends.probed + 2 * ends.probes
  ends.behind = ends.before + tonumber(args[at + 6])
  return ends
end

-- Checks `ends`, and notes whether nothing else has changed in the list.
local function ends_agree(write)
  local key, ends = write.key, ends_of(write)
  local length, taken = redis.call('LLEN', key), ends.front + ends.back
  write.expected = ends.kept >= 0 and length == taken + ends.kept
    and agree(key, ends.front, ends.probed, ends.probes)
    and agree(key, ends.front + ends.kept - ends.probes, ends.probed + ends.probes, ends.probes)
  return length >= taken and is_whole(key, ends.digest)
    and agree(key, 0, ends.taken, ends.front)
    and agree(key, length - ends.back, ends.taken + ends.front, ends.back)
end

-- The digest of an entry's value, '-' if there is no entry.
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

-- Checks `expect`: kind of the entries, then for each entry: field, number of digests, digests.
local function entries_agree(write)
  local kind, at = args[write.first], write.first + 1
  while at <= write.last do
    local value, count, agrees = found[kind](write.key, args[at]), tonumber(args[at + 1]), false
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
function checks.swap(write)
  return is_whole(write.key, args[write.first])
end

local conflicts, noted = {'conflict'}, {}
for _, write in ipairs(writes) do
  local expected = kinds[write.kind == 'expect' and args[write.first] or write.kind]
  local stored = expected and redis.call('TYPE', write.key).ok
  if expected and stored ~= 'none' and stored ~= expected then
    return {'type', write.index, expected}
  end
  if write.kind == 'count' and not write.skipped then
    for n = write.first + 1, write.last, 2 do
      local count = redis.call('HGET', write.key, args[n])
      if count and not string.match(count, '^-?%d+$') then
        return {'number', write.index}
      end
    end
  end
end
for _, write in ipairs(writes) do
  local check = checks[write.kind]
  if check and not write.skipped and not check(write) and not noted[write.index] then
    noted[write.index] = true
    conflicts[#conflicts + 1] = write.index
  end
end
if #conflicts > 1 then
  return conflicts
end

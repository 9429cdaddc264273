-- Part 2 of 5 of the sync script: finds the operations that were made already.
-- KEYS: `~op`, a sorted set of the operations of the last minute, each with its time: its id if it was made, `-` and its id if it is refused
-- ARGV: the key writes: an operation has one for each state that it can start from, the newest first
-- Returns: nothing; leaves `bases`, and marks key writes as `skipped`
if operations then
  local found = redis.call('TYPE', operations).ok
  if found ~= 'none' and found ~= 'zset' then
    return {'type', written, 'zset'}
  end
end

local function is_known(id)
  return id == '' or redis.call('ZSCORE', operations, id)
end

local function is_over(id)
  return is_known(id) or redis.call('ZSCORE', operations, '-' .. id)
end

-- The state that each operation starts from, '' for the loaded one; `false` if the operation was made already or is refused.
local bases = {}
for _, write in ipairs(writes) do
  if write.id ~= '' then
    if bases[write.id] == nil then
      if is_over(write.id) then
        bases[write.id] = false
      elseif is_known(write.base) then
        bases[write.id] = write.base
      end
    end
    write.skipped = bases[write.id] ~= write.base
  end
end

-- Remembers operations, each with '-' before it if it is refused.
local function remember(ids)
  if #ids == 0 then
    return
  end
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('ZREMRANGEBYSCORE', operations, '-inf', now - 60000)
  for _, id in ipairs(ids) do
    redis.call('ZADD', operations, now, id)
  end
  redis.call('PEXPIRE', operations, 60000)
end

-- KEYS: `~op`, a sorted set of the operations of the last minute, each with its time: its name if it was made, `-` before it if it must not be
-- ARGV: those of the sections: an operation has one section for each state that it can start from, the newest first
-- Returns: nothing: it leaves `bases`, and sections that are `skipped`
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

-- What each operation starts from, '' for what was loaded; `false` if it was made already, or must not be.
local bases = {}
for _, section in ipairs(sections) do
  if section.id ~= '' then
    if bases[section.id] == nil then
      if is_over(section.id) then
        bases[section.id] = false
      elseif is_known(section.base) then
        bases[section.id] = section.base
      end
    end
    section.skipped = bases[section.id] ~= section.base
  end
end

-- Remembers operations, each with '-' before it if it must not be made.
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

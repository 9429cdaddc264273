-- KEYS: those of the sections
-- ARGV: those of the sections
-- Returns: {'overflow', position}, or {'ok', …} once all sections are carried out
-- Increments are made first: one that overflows is found only by making it, and all are undone.
local increments = {}
for _, section in ipairs(sections) do
  if section.action == 'count' and not section.skipped then
    for n = section.first + 1, section.last, 2 do
      local before = redis.call('HGET', section.key, args[n])
      local reply = redis.pcall('HINCRBY', section.key, args[n], args[n + 1])
      if type(reply) == 'table' and reply.err then
        for undo = #increments, 1, -1 do
          local key, field, count = unpack(increments[undo])
          if count then
            redis.call('HSET', key, field, count)
          else
            redis.call('HDEL', key, field)
          end
        end
        -- A full memory or a replica refuses the first write: that is no overflow.
        return string.find(reply.err, '^ERR') and {'overflow', section.index} or reply
      end
      increments[#increments + 1] = {section.key, args[n], before}
    end
  end
end

local answers = {'ok'}
for index = 1, written do
  answers[index + 1] = false
end
for _, section in ipairs(sections) do
  if not section.skipped then
    local ttl = redis.call('PTTL', section.key)
    answers[section.index + 1] = action[section.action](section) or answers[section.index + 1]
    local left = redis.call('PTTL', section.key)
    if ttl >= 0 and left >= -1 then
      -- Lua would write a long one with an exponent, which is no integer to the server.
      redis.call('PEXPIRE', section.key, string.format('%.0f', math.max(ttl, 1)))
    elseif left >= 0 then
      redis.call('PERSIST', section.key)
    end
  elseif bases[section.id] == false and kinds[section.action] == 'list' then
    answers[section.index + 1] = redis.call('LRANGE', section.key, 0, -1)
  end
end

local made = {}
for id, base in pairs(bases) do
  if base then
    made[#made + 1] = id
  end
end
remember(made)
return answers

-- Part 5 of 5 of the sync script: makes the changes.
-- KEYS: the written keys
-- ARGV: the key writes
-- Returns: {'overflow', position}, or {'ok', …} once all changes are made
-- Increments come first: an overflow shows only when the increment is made, and then all of them are undone.
local increments = {}
for _, write in ipairs(writes) do
  if write.kind == 'count' and not write.skipped then
    for n = write.first + 1, write.last, 2 do
      local before = redis.call('HGET', write.key, args[n])
      local reply = redis.pcall('HINCRBY', write.key, args[n], args[n + 1])
      if type(reply) == 'table' and reply.err then
        for undo = #increments, 1, -1 do
          local key, field, count = unpack(increments[undo])
          if count then
            redis.call('HSET', key, field, count)
          else
            redis.call('HDEL', key, field)
          end
        end
        -- Out of memory, or a replica: the first write is refused, which is no overflow.
        return string.find(reply.err, '^ERR') and {'overflow', write.index} or reply
      end
      increments[#increments + 1] = {write.key, args[n], before}
    end
  end
end

local answers = {'ok'}
for index = 1, written do
  answers[index + 1] = false
end
for _, write in ipairs(writes) do
  if not write.skipped then
    local ttl = redis.call('PTTL', write.key)
    answers[write.index + 1] = action[write.kind](write) or answers[write.index + 1]
    local left = redis.call('PTTL', write.key)
    if ttl >= 0 and left >= -1 then
      -- Lua would write a long one with an exponent, which is no integer to the server.
      redis.call('PEXPIRE', write.key, string.format('%.0f', math.max(ttl, 1)))
    elseif left >= 0 then
      redis.call('PERSIST', write.key)
    end
  elseif bases[write.id] == false and kinds[write.kind] == 'list' then
    answers[write.index + 1] = redis.call('LRANGE', write.key, 0, -1)
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

-- Part 1 of 5 of the sync script: splits the arguments into key writes. `key_write.rs` encodes them.
-- KEYS: the written keys; then, if they are needed, `~op` and a temporary key; all in one hash slot
-- ARGV: position of `~op` or 0, position of the temporary key or 0, key writes; or: 'staged', and the number of arguments in the list at the last key
-- Returns: {'ok', reply for each written key}, {'conflict', position of each changed key}, {'type', position, expected type}, {'overflow', position} or {'number', position}; nothing is written except in the first case
local args = ARGV
if ARGV[1] == 'staged' then
  local stage, count = KEYS[#KEYS], tonumber(ARGV[2])
  args = {}
  for first = 0, count - 1, 5000 do
    for _, argument in ipairs(redis.call('LRANGE', stage, first, first + 4999)) do
      args[#args + 1] = argument
    end
  end
  redis.call('UNLINK', stage)
  if #args ~= count then
    return redis.error_reply('ERR expected ' .. count .. ' staged arguments, found ' .. #args)
  end
end
local operations, beside = KEYS[tonumber(args[1])], KEYS[tonumber(args[2])]

-- A key write: kind, position of its key, id and base of its operation or '', number of its arguments, its arguments (see the actions).
local writes, written, at = {}, 0, 3
while at <= #args do
  local write = {kind = args[at], index = tonumber(args[at + 1]), id = args[at + 2], base = args[at + 3]}
  write.key, write.first = KEYS[write.index], at + 5
  write.last = at + 4 + tonumber(args[at + 4])
  writes[#writes + 1] = write
  written = math.max(written, write.index)
  at = write.last + 1
end

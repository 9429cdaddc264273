-- KEYS: the keys that are written; then, if they are needed, `~op` and a temporary key; all of one slot
-- ARGV: position of `~op` or 0, of a temporary key or 0, sections; or: 'staged', how many arguments the list at the last key holds instead
-- Returns: {'ok', answer at each written key}, {'conflict', position of each changed key}, {'type', position, expected}, {'overflow', position} or {'number', position}; in all but the first case nothing is written
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

-- A section: action, position of its key, id and base of its operation or '', number of its arguments, its arguments (see the actions).
local sections, written, at = {}, 0, 3
while at <= #args do
  local section = {action = args[at], index = tonumber(args[at + 1]), id = args[at + 2], base = args[at + 3]}
  section.key, section.first = KEYS[section.index], at + 5
  section.last = at + 4 + tonumber(args[at + 4])
  sections[#sections + 1] = section
  written = math.max(written, section.index)
  at = section.last + 1
end

-- KEYS: the stored schema of a namespace, a hash of field -> description
-- ARGV: field, description, ...
-- Returns: {} if every description agrees (new fields are stored), else {field, its stored description}
local new = {}
for at = 1, #ARGV, 2 do
  local stored = redis.call('HGET', KEYS[1], ARGV[at])
  if not stored then
    new[#new + 1] = at
  elseif stored ~= ARGV[at + 1] then
    return {ARGV[at], stored}
  end
end
for _, at in ipairs(new) do
  redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1])
end
return {}

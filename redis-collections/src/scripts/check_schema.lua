-- KEYS: the schema of a namespace, a hash of field -> description
-- ARGV: field, description, ...
-- Returns: {} if every field agrees (new ones are added), else {field, its stored description}
for at = 1, #ARGV, 2 do
  local stored = redis.call('HGET', KEYS[1], ARGV[at])
  if stored and stored ~= ARGV[at + 1] then
    return {ARGV[at], stored}
  end
end
for at = 1, #ARGV, 2 do
  redis.call('HSETNX', KEYS[1], ARGV[at], ARGV[at + 1])
end
return {}

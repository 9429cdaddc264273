-- KEYS: the old name, the new name
-- ARGV: none
-- Returns: 1 if there was such a key, else 0
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
redis.call('RENAME', KEYS[1], KEYS[2])
return 1

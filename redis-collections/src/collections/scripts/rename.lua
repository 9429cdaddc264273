-- KEYS: the old key, the new key
-- ARGV: none
-- Returns: 1 if the old key existed, else 0
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
redis.call('RENAME', KEYS[1], KEYS[2])
return 1

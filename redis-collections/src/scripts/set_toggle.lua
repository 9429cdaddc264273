-- KEYS: the set to change, the other sets
-- ARGV: none
-- Returns: 1
redis.call('SCARD', KEYS[1])
local odd = {}
for at = 2, #KEYS do
  for _, member in ipairs(redis.call('SMEMBERS', KEYS[at])) do
    odd[member] = not odd[member] or nil
  end
end
local absent, present = {}, {}
for member in pairs(odd) do
  local known = redis.call('SISMEMBER', KEYS[1], member) == 1
  local members = known and present or absent
  members[#members + 1] = member
end
-- What is new comes first: a set that was empty in between would have lost its time to live.
for at = 1, #absent, 5000 do
  redis.call('SADD', KEYS[1], unpack(absent, at, math.min(at + 4999, #absent)))
end
for at = 1, #present, 5000 do
  redis.call('SREM', KEYS[1], unpack(present, at, math.min(at + 4999, #present)))
end
return 1

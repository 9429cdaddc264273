-- KEYS: the set to change, the other sets, keys of its slot for sets that are given
-- ARGV: for each set that is given, the number of its members, then these
-- Returns: 1
local refusal = wrong('set')
if refusal then
  return refusal
end
local given = stand('SADD', 1)
local odd = {}
for at = 2, #KEYS do
  for _, member in ipairs(redis.call('SMEMBERS', KEYS[at])) do
    odd[member] = not odd[member] or nil
  end
end
leave(given)
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

-- KEYS: the sets
-- ARGV: none
-- Returns: the members that are in an odd number of them
local refusal = wrong('set')
if refusal then
  return refusal
end
local odd = {}
for _, key in ipairs(KEYS) do
  for _, member in ipairs(redis.call('SMEMBERS', key)) do
    odd[member] = not odd[member] or nil
  end
end
local members = {}
for member in pairs(odd) do
  members[#members + 1] = member
end
return members

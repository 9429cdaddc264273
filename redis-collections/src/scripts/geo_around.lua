-- KEYS: the places
-- ARGV: the place in the centre, the area and options of GEOSEARCH
-- Returns: what GEOSEARCH finds, or nil if the place in the centre is not there
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  return false
end
return redis.call('GEOSEARCH', KEYS[1], 'FROMMEMBER', unpack(ARGV))

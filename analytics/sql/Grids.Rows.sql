-- The grids of duty and the key areas, by community.
SELECT grid, grid_key, code, kind, community, community_key, bounds, area_m2, households, residents, floating
FROM grids_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY code = '', code, grid_key

-- The grids that patrols go through, by community.
SELECT grid, grid_key, community, kind
FROM grids_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY community, grid

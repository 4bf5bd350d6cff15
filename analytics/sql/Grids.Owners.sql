-- Who answers for a grid, for all grids of a community or for all grids, on the day.
SELECT level, owner, owner_key, post, community, community_key, grid, grid_key, from, to
FROM grid_owners_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE (from IS NULL OR from <= {asof:Date32}) AND (to IS NULL OR to >= {asof:Date32})
ORDER BY level, grid_key, community_key, from DESC NULLS LAST, batch, line

-- The forces with their heads as said.
SELECT force, community, heads, marks['heads'], unit_of, duty
FROM grid_forces_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY batch, line

-- The lines behind counters.
SELECT lines_counter, quantity_counter, name, community, grid, quantity, address, charge
FROM enforcement_lines_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY batch, line

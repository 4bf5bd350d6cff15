-- The lines of occupancy in the order of their sheets; companies have the numbers that tax is kept by, firm_key is the code or the folded name.
-- Days are counted from 1970, area in ten-thousandths of a m2; of registered and local_tax 0 is not stated, 1 no, 2 yes.
-- Of one building: with floor and room, and every line of the names that ever had a line in it, since a code stated elsewhere tells who they are.
-- They are found by the keys that the table is ordered by, whatever the rows say by now: the view then reads a few rows, not all.
WITH -2147483648 AS no_day, -9223372036854775808 AS no_number
SELECT building_key, building, if({building:String} = '', '', floor) AS on_floor, if({building:String} = '', '', room) AS in_room,
       tenant, if(uscc_key = '', tenant_key, uscc_key) AS firm_key, cityHash64(tenant_key) AS name_id, if(uscc_key = '', 0, cityHash64(uscc_key)) AS code_id,
       industry, headquarters, registered_at, taxed_at, ifNull(reinterpretAsInt64(let_area_m2), no_number) AS area, ifNull(employees, no_number) AS staff,
       ifNull(toInt32(lease_from), no_day) AS lease_begins, ifNull(toInt32(lease_to), no_day) AS lease_ends,
       ifNull(toInt32(moved_in), no_day) AS came, ifNull(toInt32(moved_out), no_day) AS went,
       toUInt8(ifNull(registered + 1, 0)) AS registered_told, toUInt8(ifNull(local_tax + 1, 0)) AS local_told
FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE {building:String} = '' OR key IN (
    SELECT key FROM tenants WHERE area = {area:String} AND tenant_key IN (SELECT tenant_key FROM tenants WHERE area = {area:String} AND building_key = {building:String}))
ORDER BY batch, line

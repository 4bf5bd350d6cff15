-- The lines of occupancy, in the order of their sheets, and whether each is in on the day; companies have the numbers that tax is kept by.
-- Of one building: every line of the names that have a line in it, since a code stated elsewhere tells who they are.
SELECT building_key, building, floor, room, tenant_key, tenant, uscc_key, cityHash64(tenant_key) AS name_id, if(uscc_key = '', 0, cityHash64(uscc_key)) AS code_id,
       industry, headquarters, registered_at, taxed_at, let_area_m2, employees, lease_from, lease_to, registered, local_tax,
       (moved_out IS NULL OR moved_out > {asof:Date32}) AND (moved_in IS NULL OR moved_in <= {asof:Date32}) AS here
FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE {building:String} = '' OR tenant_key IN (
    SELECT tenant_key FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String}) WHERE building_key = {building:String})
ORDER BY batch, line

-- The lines of occupancy of one building on the day, in the order of the sheet.
SELECT floor, room, tenant, tenant_key, industry, let_area_m2, lease_from, lease_to, registered, local_tax, headquarters
FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE building_key = {building:String}
  AND (moved_out IS NULL OR moved_out > {asof:Date32}) AND (moved_in IS NULL OR moved_in <= {asof:Date32})
ORDER BY batch, line

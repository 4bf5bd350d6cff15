-- The leases of tenants who are in on the day that end by a later day, or are over, the first to end first.
SELECT building, building_key, floor, room, tenant, tenant_key, let_area_m2, lease_to
FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE lease_to <= {until:Date32}
  AND (moved_out IS NULL OR moved_out > {asof:Date32}) AND (moved_in IS NULL OR moved_in <= {asof:Date32})
ORDER BY lease_to, building_key, batch, line

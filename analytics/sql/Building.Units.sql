-- The lines of occupancy of one building on the day, in the order of the sheet; firms are told apart as in Buildings.Occupancy.
SELECT floor, room, tenant, firm, industry, let_area_m2, lease_from, lease_to, registered, local_tax, headquarters
FROM (
    SELECT *, multiIf(uscc_key != '', uscc_key, length(here) = 1, here[1], length(anywhere) = 1, anywhere[1], tenant_key) AS firm
    FROM (
        SELECT *, groupUniqArrayIf(uscc_key, uscc_key != '') OVER (PARTITION BY tenant_key, building_key) AS here,
               groupUniqArrayIf(uscc_key, uscc_key != '') OVER (PARTITION BY tenant_key) AS anywhere
        FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
    )
    WHERE building_key = {building:String}
)
WHERE (moved_out IS NULL OR moved_out > {asof:Date32}) AND (moved_in IS NULL OR moved_in <= {asof:Date32})
ORDER BY batch, line

-- Who is in the buildings on the day, a building a row and all of them in one; firms are told apart by name, a firm in several rooms counts once.
SELECT grouping(building_key) = 1 AS whole, building_key, argMax(building, (batch, line)) AS name, count() AS lines, sum(let_area_m2) AS let_m2,
       uniqExact(tenant_key) AS firms,
       uniqExactIf(tenant_key, ifNull(registered, false)) AS registered_firms,
       uniqExactIf(tenant_key, ifNull(local_tax, false)) AS local_tax_firms,
       uniqExactIf(tenant_key, headquarters NOT IN ('', '否', '无', '不是', '非总部')) AS hq,
       sum(employees) AS people,
       countIf(lease_to IS NOT NULL) AS leases,
       countIf(lease_to < {asof:Date32}) AS expired,
       sumIf(let_area_m2 * greatest(dateDiff('day', {asof:Date32}, lease_to), 0), lease_to IS NOT NULL) AS m2_days,
       sumIf(let_area_m2, lease_to IS NOT NULL) AS leased_m2
FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')})
WHERE (moved_out IS NULL OR moved_out > {asof:Date32}) AND (moved_in IS NULL OR moved_in <= {asof:Date32})
GROUP BY GROUPING SETS ((building_key), ())
HAVING lines > 0
ORDER BY whole, min(batch), min(line)

-- Who is in the buildings on the day, a building a row and all of them in one; a firm in several rooms counts once.
-- Firms are told apart by their code; a line without one has the only code its name has in the building, or anywhere, else its name.
SELECT grouping(building_key) = 1 AS whole, building_key, argMax(building, (batch, line)) AS name, count() AS lines, sum(let_area_m2) AS let_m2,
       uniqExact(firm) AS firms,
       uniqExactIf(firm, ifNull(registered, false)) AS registered_firms,
       uniqExactIf(firm, ifNull(local_tax, false)) AS local_tax_firms,
       uniqExactIf(firm, headquarters NOT IN ('', '否', '无', '不是', '非总部')) AS hq,
       sum(employees) AS people,
       countIf(lease_to IS NOT NULL) AS leases,
       countIf(lease_to < {asof:Date32}) AS expired,
       sumIf(let_area_m2 * greatest(dateDiff('day', {asof:Date32}, lease_to), 0), lease_to IS NOT NULL) AS m2_days,
       sumIf(let_area_m2, lease_to IS NOT NULL) AS leased_m2,
       countIf(registered IS NOT NULL) AS registered_told, countIf(local_tax IS NOT NULL) AS local_tax_told
FROM (
    SELECT *, multiIf(uscc_key != '', uscc_key, length(here) = 1, here[1], length(anywhere) = 1, anywhere[1], tenant_key) AS firm
    FROM (
        SELECT *, groupUniqArrayIf(uscc_key, uscc_key != '') OVER (PARTITION BY tenant_key, building_key) AS here,
               groupUniqArrayIf(uscc_key, uscc_key != '') OVER (PARTITION BY tenant_key) AS anywhere
        FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
    )
)
WHERE (moved_out IS NULL OR moved_out > {asof:Date32}) AND (moved_in IS NULL OR moved_in <= {asof:Date32})
  AND ({building:String} = '' OR building_key = {building:String})
GROUP BY GROUPING SETS ((building_key), ())
HAVING lines > 0
ORDER BY whole, min(batch), min(line)

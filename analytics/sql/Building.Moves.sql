-- Who is in one building on the day and who was on an earlier one: a firm a row, with areas, rooms and leases of both days.
-- Where no list of tenants speaks of the earlier day or before, who was in then follows from the dates of moving in and out alone.
WITH known_then AS (
    SELECT count() > 0 AS listed FROM tenants_at(asof = {since:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String}) WHERE building_key = {building:String}
)
SELECT argMax(tenant, (now, batch, line)) AS name, firm, countIf(NOT now) AS then_lines, countIf(now) AS now_lines,
       sumIf(let_area_m2, NOT now) AS then_m2, sumIf(let_area_m2, now) AS now_m2,
       arraySort(groupUniqArrayIf(if(room != '', room, floor), NOT now)) AS then_rooms, arraySort(groupUniqArrayIf(if(room != '', room, floor), now)) AS now_rooms,
       maxIf(lease_to, NOT now) AS then_end, maxIf(lease_to, now) AS now_end,
       arraySort(groupUniqArrayIf((ifNull(lease_from, toDate32('1900-01-01')), ifNull(lease_to, toDate32('1900-01-01'))), NOT now))
           != arraySort(groupUniqArrayIf((ifNull(lease_from, toDate32('1900-01-01')), ifNull(lease_to, toDate32('1900-01-01'))), now)) AS leases_differ,
       maxIf(moved_in, now) AS came, max(left_on) AS went, (SELECT listed FROM known_then) AS by_list
FROM (
    SELECT *, multiIf(uscc_key != '', uscc_key, length(codes) = 1, codes[1], tenant_key) AS firm,
           maxIf(moved_out, now_state) OVER (PARTITION BY tenant_key) AS left_on
    FROM (
        SELECT *, groupUniqArrayIf(uscc_key, uscc_key != '') OVER (PARTITION BY tenant_key) AS codes
        FROM (
            SELECT false AS now, false AS now_state, * FROM tenants_at(asof = {since:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
            WHERE building_key = {building:String} AND (SELECT listed FROM known_then)
            UNION ALL
            SELECT false AS now, true AS now_state, * FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
            WHERE building_key = {building:String} AND NOT (SELECT listed FROM known_then)
            UNION ALL
            SELECT true AS now, true AS now_state, * FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
            WHERE building_key = {building:String}
        )
    )
)
WHERE if(now, (moved_out IS NULL OR moved_out > {asof:Date32}) AND (moved_in IS NULL OR moved_in <= {asof:Date32}),
             (moved_out IS NULL OR moved_out > {since:Date32}) AND (moved_in IS NULL OR moved_in <= {since:Date32}))
GROUP BY firm
ORDER BY greatest(ifNull(then_m2, 0), ifNull(now_m2, 0)) DESC, name

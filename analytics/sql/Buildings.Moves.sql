-- Area that firms moved into and out of each building between two days, and how far those who stayed grew or shrank.
-- Where no list of tenants of a building speaks of the earlier day or before, the dates of moving in and out alone tell.
SELECT building_key, any(listed) AS by_list, max(dated) AS any_dated,
       countIf(then_lines = 0 AND now_lines > 0) AS firms_in, sumIf(now_m2, then_lines = 0 AND now_lines > 0) AS in_m2,
       countIf(now_lines = 0 AND then_lines > 0) AS firms_out, sumIf(then_m2, now_lines = 0 AND then_lines > 0) AS out_m2,
       sumIf(now_m2 - then_m2, then_lines > 0 AND now_lines > 0) AS grown_m2
FROM (
    SELECT building_key, firm, any(listed) AS listed, max(dated) AS dated, countIf(NOT now AND present) AS then_lines, countIf(now AND present) AS now_lines,
           sumIf(let_area_m2, NOT now AND present) AS then_m2, sumIf(let_area_m2, now AND present) AS now_m2
    FROM (
        SELECT building_key, now, let_area_m2, listed,
               multiIf(uscc_key != '', uscc_key, length(codes) = 1, codes[1], tenant_key) AS firm,
               ifNull(moved_in > {since:Date32} AND moved_in <= {asof:Date32}, false) OR ifNull(moved_out > {since:Date32} AND moved_out <= {asof:Date32}, false) AS dated,
               if(now, (moved_out IS NULL OR moved_out > {asof:Date32}) AND (moved_in IS NULL OR moved_in <= {asof:Date32}),
                  (moved_out IS NULL OR moved_out > {since:Date32}) AND (moved_in IS NULL OR moved_in <= {since:Date32})) AS present
        FROM (
            SELECT *, groupUniqArrayIf(uscc_key, uscc_key != '') OVER (PARTITION BY tenant_key, building_key) AS codes
            FROM (
                SELECT false AS now, true AS listed, * FROM tenants_at(asof = {since:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
                UNION ALL
                SELECT arrayJoin(if(listed, [true], [false, true])) AS now, building_key IN (
                           SELECT building_key FROM tenants_at(asof = {since:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})) AS listed, *
                FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
            )
        )
    )
    GROUP BY building_key, firm
    HAVING then_lines + now_lines > 0 OR dated
)
GROUP BY building_key
ORDER BY building_key

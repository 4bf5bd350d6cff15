-- The firms that are in the buildings on the day with their tax in all, and the reasons why each may leave; parts:
-- building and all add up; watch are those with a reason, hq the headquarters, firm every one where that is asked for.
-- Firms are told apart as in Buildings.Occupancy; their tax is found by code (twice its number), else by name (one more than that), mixed periods as in Tax.Mixed.
WITH here AS (
    SELECT building_key, firm, argMax(building, (batch, line)) AS building_name, argMax(tenant, (batch, line)) AS firm_name, argMax(tenant_key, (batch, line)) AS name_key,
           argMax(industry, (batch, line)) AS trade, max(registered_at) AS seat, max(taxed_at) AS office, count() AS lines, sum(let_area_m2) AS m2,
           maxIf(headquarters, headquarters NOT IN ('', '否', '无', '不是', '非总部')) AS hq,
           multiIf(countIf(registered) > 0, true, countIf(NOT registered) > 0, false, NULL) AS registered_here,
           multiIf(countIf(local_tax) > 0, true, countIf(NOT local_tax) > 0, false, NULL) AS taxed_here,
           minIf(lease_to, lease_to BETWEEN {asof:Date32} AND {until:Date32}) AS ending_on, countIf(lease_to BETWEEN {asof:Date32} AND {until:Date32}) AS ending,
           minIf(lease_to, lease_to < {asof:Date32}) AS over_on, countIf(lease_to < {asof:Date32}) AS over
    FROM (
        SELECT *, multiIf(uscc_key != '', uscc_key, length(codes_here) = 1, codes_here[1], length(codes) = 1, codes[1], tenant_key) AS firm
        FROM (
            SELECT *, groupUniqArrayIf(uscc_key, uscc_key != '') OVER (PARTITION BY tenant_key, building_key) AS codes_here,
                   groupUniqArrayIf(uscc_key, uscc_key != '') OVER (PARTITION BY tenant_key) AS codes
            FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
        )
    )
    WHERE (moved_out IS NULL OR moved_out > {asof:Date32}) AND (moved_in IS NULL OR moved_in <= {asof:Date32})
      AND ({building:String} = '' OR building_key = {building:String})
    GROUP BY building_key, firm
),
paid AS (
    SELECT payer, sum(this_part) AS this_tax, sum(last_part) AS last_tax
    FROM (
        SELECT *, groupUniqArrayIf(uscc_id, uscc_id != 0) OVER (PARTITION BY company_id) AS codes
        FROM (
            SELECT company_id, uscc_id, sumIf(tax_yuan, current) AS this_part, sumIf(tax_yuan, previous) AS last_part
            FROM (
                SELECT company_id, uscc_id, tax_yuan, (assumeNotNull(period), assumeNotNull(period_months)) AS span,
                       span IN {this:Array(Tuple(Date32, Int64))} AS current, span IN {last:Array(Tuple(Date32, Int64))} AS previous
                FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
                WHERE basis = {basis:String} AND (current OR previous)
                  AND (tax_type != '' OR span NOT IN {mixed:Array(Tuple(Date32, Int64))} OR (company_id, span) NOT IN (
                      SELECT company_id, (assumeNotNull(period), assumeNotNull(period_months)) AS typed
                      FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
                      WHERE notEmpty({mixed:Array(Tuple(Date32, Int64))}) AND basis = {basis:String} AND tax_type != ''
                        AND typed IN {mixed:Array(Tuple(Date32, Int64))}))
            )
            GROUP BY company_id, uscc_id
        )
    )
    ARRAY JOIN [2 * multiIf(uscc_id != 0, uscc_id, length(codes) = 1, codes[1], company_id), 2 * company_id + 1] AS payer
    GROUP BY payer
),
firms AS (
    SELECT *, row_number() OVER (PARTITION BY firm ORDER BY building_key) = 1 AS once,
           last_yuan > 0 AND ifNull(last_yuan - ifNull(this_yuan, 0) >= {tax_least:Decimal(18, 2)}
               AND (last_yuan - ifNull(this_yuan, 0)) * 100 >= last_yuan * {tax_fall:Decimal(9, 4)}, false) AS falling,
           arrayFilter(r -> r != '', [if(ifNull(falling, false), 'tax_falling', ''), multiIf(ending > 0, 'lease_ending', over > 0, 'lease_over', ''),
               if(ifNull(NOT registered_here, false), 'registered_elsewhere', ''), if(ifNull(NOT taxed_here, false), 'taxed_elsewhere', '')]) AS why
    FROM (
        SELECT building_key, firm, any(building_name) AS building_name, any(firm_name) AS firm_name, any(trade) AS trade, any(seat) AS seat, any(office) AS office,
               any(lines) AS lines, any(m2) AS m2, any(hq) AS hq, any(registered_here) AS registered_here, any(taxed_here) AS taxed_here,
               any(ending_on) AS ending_on, any(ending) AS ending, any(over_on) AS over_on, any(over) AS over,
               argMinIf((this_tax, last_tax), payer % 2, matched).1 AS this_yuan, argMinIf((this_tax, last_tax), payer % 2, matched).2 AS last_yuan
        FROM (
            SELECT here.*, payer, this_tax, last_tax, matched
            FROM (SELECT *, arrayJoin([2 * cityHash64(firm), 2 * cityHash64(name_key) + 1]) AS payer FROM here) AS here
            LEFT JOIN (SELECT payer, this_tax, last_tax, true AS matched FROM paid) AS paid USING (payer)
        )
        GROUP BY building_key, firm
    )
)
SELECT shown.1 AS part, shown.2 AS building_key, min(building_name) AS building, shown.3 AS firm, min(firm_name) AS name, min(trade) AS industry, min(hq) AS headquarters, min(seat) AS registered_at, min(office) AS taxed_at,
       sum(lines) AS all_lines, sum(m2) AS area, min(registered_here) AS registered, min(taxed_here) AS taxed,
       multiIf(min(ending) > 0, min(ending_on), min(over) > 0, min(over_on), NULL) AS lease_end, min(why) AS reasons,
       if(part = 'all', sumIf(this_yuan, once), sum(this_yuan)) AS tax, if(part = 'all', sumIf(last_yuan, once), sum(last_yuan)) AS last_tax,
       if(part = 'all', sumIf(this_yuan, once AND taxed_here), sumIf(this_yuan, taxed_here)) AS local_tax,
       if(part = 'all', sumIf(this_yuan, once AND hq != ''), sumIf(this_yuan, hq != '')) AS hq_tax, sumIf(m2, hq != '') AS hq_area,
       uniqExactIf(who, notEmpty(why)) AS watched, uniqExactIf(who, length(why) > 1) AS several, sumIf(m2, notEmpty(why)) AS watched_area,
       if(part = 'all', sumIf(this_yuan, once AND notEmpty(why)), sumIf(this_yuan, notEmpty(why))) AS watched_tax,
       [countIf(has(why, 'tax_falling')), countIf(has(why, 'lease_ending')), countIf(has(why, 'lease_over')), countIf(has(why, 'registered_elsewhere')), countIf(has(why, 'taxed_elsewhere'))] AS counts,
       uniqExact(who) AS firms
FROM (
    SELECT * EXCEPT (building_key, firm), firm AS who,
           arrayJoin(arrayConcat([('all', '', ''), ('building', building_key, '')], if({every:Bool}, [('firm', building_key, firm)], []), if(hq != '', [('hq', building_key, firm)], []),
               if(length(why) >= greatest({least:UInt8}, 1) AND ({reason:String} = '' OR has(why, {reason:String})), [('watch', building_key, firm)], []))) AS shown
    FROM firms
)
GROUP BY shown
HAVING all_lines > 0
ORDER BY part, if(part = 'hq', 0, length(reasons)) DESC, tax DESC NULLS LAST, area DESC NULLS LAST, building_key, firm
LIMIT {limit:UInt32} BY part, if(part = 'building', building_key, '')

-- What the leases that stand on the day end in: over already, each year, open-ended, with the firms' tax of the year to date, once a group.
-- Firms and their tax are found as in Buildings.Firms.
WITH lines AS (
    SELECT building_key, tenant_key, let_area_m2, lease_to, firm,
           multiIf(lease_to IS NULL, 'open_ended', lease_to < {asof:Date32}, 'expired', 'year') AS kind, if(kind = 'year', toYear(assumeNotNull(lease_to)), 0) AS year
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
),
paid AS (
    SELECT payer, sum(this_part) AS this_tax
    FROM (
        SELECT *, groupUniqArrayIf(uscc_id, uscc_id != 0) OVER (PARTITION BY company_id) AS codes
        FROM (
            SELECT company_id, uscc_id, sum(tax_yuan) AS this_part
            FROM (
                SELECT company_id, uscc_id, tax_yuan, (assumeNotNull(period), assumeNotNull(period_months)) AS span
                FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
                WHERE basis = {basis:String} AND span IN {this:Array(Tuple(Date32, Int64))}
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
)
SELECT kind, year, sum(lines) AS leases, count() AS firms, sum(m2) AS area, sum(paid_here) AS tax, countIf(ifNull(paid_here, 0) != 0) AS payers
FROM (
    SELECT kind, year, firm, any(lines) AS lines, any(m2) AS m2, argMinIf(this_tax, payer % 2, matched) AS paid_here
    FROM (
        SELECT kind, year, firm, arrayJoin([2 * cityHash64(firm), 2 * cityHash64(name_key) + 1]) AS payer, lines, m2
        FROM (SELECT kind, year, firm, any(tenant_key) AS name_key, count() AS lines, sum(let_area_m2) AS m2 FROM lines GROUP BY kind, year, firm)
    ) AS here
    LEFT JOIN (SELECT payer, this_tax, true AS matched FROM paid) AS paid USING (payer)
    GROUP BY kind, year, firm
)
GROUP BY kind, year
ORDER BY indexOf(['expired', 'year', 'open_ended'], kind), year

-- Tax of this year's and last year's periods by tax type, building, industry and company, and in all.
-- Companies are told apart by their code; rows without one have the only code their name has, else their name.
-- In mixed periods an undivided row of a company that also has types is left out, as in Tax.Mixed.
SELECT multiIf(grouping(tax_type) = 0, 'type', grouping(place) = 0, 'building', grouping(trade) = 0, 'industry',
               grouping(firm) = 0, 'company', 'total') AS part,
       multiIf(part = 'type', toString(tax_type), part = 'building' AND place != '', max(building_name), part = 'industry', toString(trade),
               part = 'company', argMax(company_name, newest), '') AS name,
       sum(this_part) AS this_yuan,
       sum(last_part) AS last_yuan,
       uniqExactIf(firm, this_rows > 0) AS companies
FROM (
    SELECT tax_type, if(building_key IN ('无', '未入驻', '未入驻楼宇'), '', building_key) AS place, industry AS trade,
           multiIf(uscc_key != '', uscc_key, length(codes) = 1, codes[1], company_key) AS firm,
           max(building) AS building_name, argMax(company, span) AS company_name, max(span) AS newest,
           sumIf(tax_yuan, current) AS this_part, sumIf(tax_yuan, previous) AS last_part, countIf(current) AS this_rows
    FROM (
        SELECT tax_type, building, building_key, industry, company, company_key, uscc_key, tax_yuan,
               groupUniqArrayIf(uscc_key, uscc_key != '') OVER (PARTITION BY company_key) AS codes,
               (assumeNotNull(period), assumeNotNull(period_months)) AS span,
               span IN {this:Array(Tuple(Date32, Int64))} AS current, span IN {last:Array(Tuple(Date32, Int64))} AS previous
        FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
        WHERE basis = {basis:String} AND (current OR previous)
          AND ({building:String} = '' OR building_key = {building:String})
          AND (NOT {sifted:Bool} OR industry IN {trades:Array(String)} OR industry = '' AND (uscc_key != '' AND uscc_key IN {codes:Array(String)}
               OR uscc_key = '' AND company_key IN {names:Array(String)} OR company_key IN {bare:Array(String)}))
          AND (tax_type != '' OR span NOT IN {mixed:Array(Tuple(Date32, Int64))} OR (company_key, span) NOT IN (
              SELECT company_key, (assumeNotNull(period), assumeNotNull(period_months)) AS typed
              FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
              WHERE basis = {basis:String} AND tax_type != '' AND typed IN {mixed:Array(Tuple(Date32, Int64))}))
    )
    GROUP BY tax_type, place, trade, firm
)
GROUP BY GROUPING SETS ((tax_type), (place), (trade), (firm), ())
HAVING companies > 0
ORDER BY part, this_yuan DESC, name
LIMIT {limit:UInt32} BY part

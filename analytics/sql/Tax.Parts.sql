-- Tax of this year's and last year's periods by tax type and building, and in all, with how many companies have rows this year; a building
-- is told by its number, whose name Tax.Names tells. Companies are told apart by their code; rows without one have the only code their name
-- has, else their name. In mixed periods an undivided row of a company that also has types is left out, as in Tax.Mixed.
SELECT multiIf(grouping(type) = 0, 'type', grouping(place) = 0, 'building', 'total') AS part,
       if(part = 'type', toString(type), '') AS name, if(part = 'building', place, 0) AS id,
       sum(this_part) AS this_yuan, sum(last_part) AS last_yuan, uniqExactIf(firm, this_rows > 0) AS companies
FROM (
    SELECT type, place, multiIf(code != 0, code, length(codes) = 1, codes[1], company) AS firm, this_part, last_part, this_rows
    FROM (
        SELECT *, groupUniqArrayIf(code, code != 0) OVER (PARTITION BY company) AS codes
        FROM (
            SELECT tax_type AS type, if(building_id IN (0, cityHash64('无'), cityHash64('未入驻'), cityHash64('未入驻楼宇')), 0, building_id) AS place,
                   company_id AS company, uscc_id AS code, sumIf(tax_yuan, current) AS this_part, sumIf(tax_yuan, previous) AS last_part, countIf(current) AS this_rows
            FROM (
                SELECT tax_type, building_id, company_id, uscc_id, tax_yuan,
                       (assumeNotNull(period), assumeNotNull(period_months)) AS span,
                       span IN {this:Array(Tuple(Date32, Int64))} AS current, span IN {last:Array(Tuple(Date32, Int64))} AS previous
                FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
                WHERE basis = {basis:String} AND (current OR previous)
                  AND ({building:String} = '' OR building_key = {building:String})
                  AND (NOT {sifted:Bool} OR industry IN {trades:Array(String)} OR industry = '' AND (uscc_key != '' AND uscc_key IN {codes:Array(String)}
                       OR uscc_key = '' AND company_key IN {names:Array(String)} OR company_key IN {bare:Array(String)}))
                  AND (tax_type != '' OR span NOT IN {mixed:Array(Tuple(Date32, Int64))} OR (company_id, span) NOT IN (
                      SELECT company_id, (assumeNotNull(period), assumeNotNull(period_months)) AS typed
                      FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
                      WHERE notEmpty({mixed:Array(Tuple(Date32, Int64))}) AND basis = {basis:String} AND tax_type != ''
                        AND typed IN {mixed:Array(Tuple(Date32, Int64))}))
            )
            GROUP BY type, place, company, code
        )
    )
)
GROUP BY GROUPING SETS ((type), (place), ())
HAVING companies > 0
ORDER BY part, this_yuan DESC, name, id
LIMIT {limit:UInt32} BY part

-- The names of companies and buildings that were answered by their numbers, the companies' as the newest of the periods compared write them.
SELECT part, id, name
FROM (
    SELECT 'company' AS part, company_id AS id, argMax(company, (period, period_months, batch, line)) AS name
    FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
    WHERE company_id IN {companies:Array(UInt64)} AND basis = {basis:String}
      AND (assumeNotNull(period), assumeNotNull(period_months)) IN arrayConcat({this:Array(Tuple(Date32, Int64))}, {last:Array(Tuple(Date32, Int64))})
    GROUP BY id
    UNION ALL
    SELECT 'building', building_id AS id, max(building)
    FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
    WHERE building_id IN {places:Array(UInt64)} AND basis = {basis:String}
      AND (assumeNotNull(period), assumeNotNull(period_months)) IN arrayConcat({this:Array(Tuple(Date32, Int64))}, {last:Array(Tuple(Date32, Int64))})
    GROUP BY id
)
ORDER BY part, name, id

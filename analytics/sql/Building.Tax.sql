-- Tax declared in one building, by company, in this year's periods and in the same of the year before.
-- In mixed periods an undivided row of a company that also has types is left out, as in Tax.Mixed. Rows are told by numbers, for which there are indexes.
SELECT max(company) AS name, sumIf(tax_yuan, current) AS this_yuan, sumIf(tax_yuan, previous) AS last_yuan
FROM (
    SELECT company_id, company, tax_yuan, (assumeNotNull(period), assumeNotNull(period_months)) AS span,
           span IN {this:Array(Tuple(Date32, Int64))} AS current, span IN {last:Array(Tuple(Date32, Int64))} AS previous
    FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
    WHERE building_id = cityHash64({building:String}) AND basis = {basis:String} AND (current OR previous)
      AND (tax_type != '' OR span NOT IN {mixed:Array(Tuple(Date32, Int64))} OR (company_id, span) NOT IN (
          SELECT company_id, (assumeNotNull(period), assumeNotNull(period_months)) AS typed
          FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
          WHERE notEmpty({mixed:Array(Tuple(Date32, Int64))}) AND basis = {basis:String} AND tax_type != '' AND typed IN {mixed:Array(Tuple(Date32, Int64))}
            AND company_id IN (SELECT company_id FROM tax WHERE area = {area:String} AND building_id = cityHash64({building:String}))))
)
GROUP BY company_id
ORDER BY this_yuan DESC NULLS LAST, name

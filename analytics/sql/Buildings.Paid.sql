-- Tax of this year's periods and of the same of the year before by company and code, each told by its number. In mixed periods an undivided
-- row of a company that also has types is left out, as in Tax.Mixed. few: only of these names and codes, with all rows of a name that has one of the codes.
SELECT company_id, uscc_id, sumIf(tax_yuan, current) AS this_yuan, sumIf(tax_yuan, previous) AS last_yuan
FROM (
    SELECT company_id, uscc_id, tax_yuan, (assumeNotNull(period), assumeNotNull(period_months)) AS span,
           span IN {this:Array(Tuple(Date32, Int64))} AS current, span IN {last:Array(Tuple(Date32, Int64))} AS previous
    FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
    WHERE basis = {basis:String} AND (current OR previous)
      AND (NOT {few:Bool} OR company_id IN {companies:Array(UInt64)} OR company_id IN (
          SELECT company_id FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
          WHERE {few:Bool} AND basis = {basis:String} AND uscc_id IN {firms:Array(UInt64)}))
      AND (tax_type != '' OR span NOT IN {mixed:Array(Tuple(Date32, Int64))} OR (company_id, span) NOT IN (
          SELECT company_id, (assumeNotNull(period), assumeNotNull(period_months)) AS typed
          FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
          WHERE notEmpty({mixed:Array(Tuple(Date32, Int64))}) AND basis = {basis:String} AND tax_type != '' AND typed IN {mixed:Array(Tuple(Date32, Int64))}))
)
GROUP BY company_id, uscc_id
ORDER BY company_id, uscc_id

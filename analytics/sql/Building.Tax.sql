-- Tax of the companies of one building: in all, and as declared in the building, in this year's periods and the same of the year before.
-- In mixed periods an undivided row of a company that also has types is left out, as in Tax.Mixed.
SELECT company_key, max(company) AS name,
       sumIf(tax_yuan, current) AS this_yuan,
       sumIf(tax_yuan, current AND here) AS here_yuan,
       sumIf(tax_yuan, previous AND here) AS last_here_yuan
FROM (
    SELECT company_key, company, tax_yuan, building_key = {building:String} AS here, (assumeNotNull(period), assumeNotNull(period_months)) AS span,
           span IN {this:Array(Tuple(Date32, Int64))} AS current, span IN {last:Array(Tuple(Date32, Int64))} AS previous
    FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
    WHERE basis = {basis:String} AND (current OR previous)
      AND (here OR company_key IN (
          SELECT tenant_key FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String}) WHERE building_key = {building:String}))
      AND (tax_type != '' OR span NOT IN {mixed:Array(Tuple(Date32, Int64))} OR (company_key, span) NOT IN (
          SELECT company_key, (assumeNotNull(period), assumeNotNull(period_months)) AS typed
          FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
          WHERE notEmpty({mixed:Array(Tuple(Date32, Int64))}) AND basis = {basis:String} AND tax_type != '' AND typed IN {mixed:Array(Tuple(Date32, Int64))}))
)
GROUP BY company_key
ORDER BY here_yuan DESC, name

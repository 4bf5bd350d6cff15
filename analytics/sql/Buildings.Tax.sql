-- Tax by building in this year's periods, in the same of the year before and in the whole year before.
-- In mixed periods an undivided row of a company that also has types is left out, as in Tax.Mixed.
SELECT any(building_key) AS building_key,
       sumIf(tax_yuan, span IN {this:Array(Tuple(Date32, Int64))}) AS this_yuan,
       sumIf(tax_yuan, span IN {last:Array(Tuple(Date32, Int64))}) AS last_yuan,
       sumIf(tax_yuan, span IN {whole:Array(Tuple(Date32, Int64))}) AS whole_yuan,
       uniqExactIf(company_id, span IN {this:Array(Tuple(Date32, Int64))} AND tax_yuan != 0) AS this_payers,
       uniqExactIf(company_id, span IN {last:Array(Tuple(Date32, Int64))} AND tax_yuan != 0) AS last_payers
FROM (
    SELECT building_key, building_id, company_id, tax_yuan, (assumeNotNull(period), assumeNotNull(period_months)) AS span
    FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
    WHERE basis = {basis:String} AND building_id != 0 AND ({building:String} = '' OR building_key = {building:String})
      AND (tax_type != '' OR span NOT IN {mixed:Array(Tuple(Date32, Int64))} OR (company_id, span) NOT IN (
          SELECT company_id, (assumeNotNull(period), assumeNotNull(period_months)) AS typed
          FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
          WHERE notEmpty({mixed:Array(Tuple(Date32, Int64))}) AND basis = {basis:String} AND tax_type != '' AND typed IN {mixed:Array(Tuple(Date32, Int64))}))
)
GROUP BY building_id
ORDER BY building_key

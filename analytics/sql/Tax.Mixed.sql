-- Tax of periods with rows by tax type and undivided ones. Where a company's period has both, only the types are added.
SELECT assumeNotNull(period) AS first, assumeNotNull(period_months) AS months, sum(tax_yuan) AS yuan
FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE basis = {basis:String} AND (first, months) IN {mixed:Array(Tuple(Date32, Int64))}
  AND (tax_type != '' OR (company_id, first, months) NOT IN (
      SELECT company_id, assumeNotNull(period), assumeNotNull(period_months)
      FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
      WHERE basis = {basis:String} AND tax_type != ''
        AND (assumeNotNull(period), assumeNotNull(period_months)) IN {mixed:Array(Tuple(Date32, Int64))}))
  AND ({building:String} = '' OR building_id = cityHash64({building:String}))
  AND (NOT {sifted:Bool} OR industry IN {trades:Array(String)} OR industry = '' AND (uscc_key != '' AND uscc_key IN {codes:Array(String)}
       OR uscc_key = '' AND company_key IN {names:Array(String)} OR company_key IN {bare:Array(String)}))
GROUP BY first, months
ORDER BY first, months

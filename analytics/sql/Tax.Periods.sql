-- Tax by basis (口径) and period, with how many rows name a tax type: a period with both kinds of rows may count companies twice (see Tax.Mixed).
-- The sum is of the part asked for, the rows are all there are.
SELECT basis, assumeNotNull(period) AS first, assumeNotNull(period_months) AS months, count() AS rows, countIf(tax_type != '') AS typed, if(count(tax_yuan) = 0, NULL, ifNull(sumIf(tax_yuan, asked), 0)) AS yuan
FROM (
    SELECT basis, period, period_months, tax_type, tax_yuan, ({building:String} = '' OR building_key = {building:String})
           AND (NOT {sifted:Bool} OR industry IN {trades:Array(String)} OR industry = '' AND (uscc_key != '' AND uscc_key IN {codes:Array(String)}
                OR uscc_key = '' AND company_key IN {names:Array(String)} OR company_key IN {bare:Array(String)})) AS asked
    FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
)
WHERE period IS NOT NULL AND period_months IS NOT NULL
GROUP BY basis, first, months
ORDER BY basis, first, months

-- Tax by basis (口径) and period, with how many rows name a tax type: a period with both kinds of rows may count companies twice (see Tax.Mixed).
SELECT basis, assumeNotNull(period) AS first, assumeNotNull(period_months) AS months, count() AS rows, countIf(tax_type != '') AS typed, sum(tax_yuan) AS yuan
FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE period IS NOT NULL AND period_months IS NOT NULL
GROUP BY basis, first, months
ORDER BY basis, first, months

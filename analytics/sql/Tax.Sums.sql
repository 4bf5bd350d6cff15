-- Tax by basis (口径) and period of all the area, with how many rows name a tax type, as Tax.Periods answers it for a part: from the sums that are
-- kept with each batch.
SELECT basis, period AS first, period_months AS months, toUInt64(rows) AS rows, toUInt64(typed) AS typed, if(said = 0, NULL, yuan) AS yuan
FROM tax_sums_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY basis, first, months

-- Tax by basis (口径) and period of all the area, with how many rows name a tax type, as Tax.Periods answers it for a part, and which types there
-- are: from the sums that are kept with each batch.
SELECT basis, period AS first, period_months AS months, toUInt64(sum(n)) AS rows, toUInt64(sumIf(n, tax_type != '')) AS typed, if(sum(with_yuan) = 0, NULL, sum(yuan)) AS all_yuan,
       arraySort(groupUniqArray(toString(tax_type))) AS kinds
FROM tax_sums_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
GROUP BY basis, first, months
HAVING sum(n) > 0
ORDER BY basis, first, months

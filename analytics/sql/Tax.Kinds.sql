-- Tax of this year's periods and of the same of the year before by tax type, of all the area, in whole yuan and ten-thousandths, and how many rows
-- have an amount: from the sums that are kept with each batch, so only where no period is mixed.
SELECT toString(tax_type) AS kind, sumIf(with_yuan, current) AS this_said, sumIf(with_yuan, previous) AS last_said,
       toInt64(sumIf(yuan, current)) AS this_whole, toInt64((sumIf(yuan, current) - this_whole) * 10000) AS this_parts,
       toInt64(sumIf(yuan, previous)) AS last_whole, toInt64((sumIf(yuan, previous) - last_whole) * 10000) AS last_parts
FROM (
    SELECT tax_type, with_yuan, yuan, (period, period_months) IN {this:Array(Tuple(Date32, Int64))} AS current, (period, period_months) IN {last:Array(Tuple(Date32, Int64))} AS previous
    FROM tax_sums_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
    WHERE basis = {basis:String} AND (current OR previous)
)
GROUP BY kind
ORDER BY kind

-- Tax of some periods, those of a whole year, by building, told by its number: from the sums that are kept with each batch, so only where no
-- period is mixed.
SELECT building_id, sum(yuan) AS year_yuan
FROM tax_sums_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE basis = {basis:String} AND building_id != 0 AND (period, period_months) IN {whole:Array(Tuple(Date32, Int64))}
GROUP BY building_id
HAVING sum(with_yuan) > 0
ORDER BY building_id

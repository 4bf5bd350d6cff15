-- The first and the last day each grid was patrolled.
SELECT grid_key, min(day), max(day)
FROM patrols_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE isNotNull(day) AND day <= {asof:Date32}
GROUP BY grid_key
ORDER BY grid_key

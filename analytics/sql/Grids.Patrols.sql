-- Patrols by grid and day since a day.
SELECT grid_key, day, count()
FROM patrols_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE day >= {since:Date32} AND day <= {asof:Date32}
GROUP BY grid_key, day
ORDER BY grid_key, day

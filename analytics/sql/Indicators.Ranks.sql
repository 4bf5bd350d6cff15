-- Places in the district's list.
SELECT indicator_key, toYear(assumeNotNull(year)) AS rank_year, rank, population
FROM ranks_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE year IS NOT NULL AND rank IS NOT NULL
ORDER BY indicator_key, rank_year

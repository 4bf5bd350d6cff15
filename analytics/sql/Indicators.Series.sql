-- Every value of every series, the series in the order in which the sheets list them.
SELECT indicator, indicator_key, unit, basis, assumeNotNull(period) AS first, ifNull(period_months, 0) AS months, value
FROM indicators_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE period IS NOT NULL AND value IS NOT NULL
ORDER BY min((batch, line)) OVER (PARTITION BY indicator_key, unit, basis), months, first

-- Scores and ranks that a city or district published, the oldest first.
SELECT appraised, topic, period, period_months, published_score, published_rank, population, publisher, note
FROM appraisals_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY appraised, topic, period, period_months, batch, line

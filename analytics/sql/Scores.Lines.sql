-- The marks from one day to another, in the order they were given.
SELECT scored_on, kind, subject, item, weight, max, score, scorer, reason
FROM scores_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE scored_on BETWEEN {from:Date32} AND {to:Date32}
ORDER BY scored_on, kind, batch, line

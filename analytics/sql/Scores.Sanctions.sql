-- What persons were made to answer for in a year, the newest first.
SELECT decided_on, person, measure, reason, grid, amount_yuan, decided_by
FROM sanctions_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE decided_on BETWEEN {from:Date32} AND {to:Date32}
ORDER BY decided_on DESC, batch, line

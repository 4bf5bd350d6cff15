-- Every alert that was ever acknowledged, as it was acknowledged last.
SELECT key, alert, figure, severity, reason, person, from, until, concat(toString(batch), '.', toString(line)) AS version
FROM acknowledgements_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY from, batch, line

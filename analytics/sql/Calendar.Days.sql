-- Every day on which the office's calendar leaves the week, whenever the list came in: a holiday holds before its list is imported.
SELECT date, kind
FROM calendar_at(asof = {end:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE date IS NOT NULL
ORDER BY date, batch, line

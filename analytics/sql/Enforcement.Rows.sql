-- Every figure of every counter up to the day, in the order of the sheets they first stood on.
SELECT key, group, counter, counter_key, counted, as_of, value, marks['value'], unit
FROM enforcement_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE isNotNull(value)
ORDER BY batch, line

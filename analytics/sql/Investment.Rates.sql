-- Exchange rates by currency, the oldest first; of two for one day the later in the record holds.
SELECT currency, date, rate_yuan, per_units, published_by
FROM rates_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE date IS NOT NULL AND rate_yuan IS NOT NULL
ORDER BY currency, date, batch, line

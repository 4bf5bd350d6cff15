-- Every service case as it stands, in the order of the sheet.
SELECT number, company, item, accepted_on, promised_days, department, finished_on, status
FROM services_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY batch, line

-- Everybody and every grid that is or was on the list of appraisal, in the order of the sheet.
SELECT kind, subject, unit, post, from, to
FROM roster_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY kind, batch, line

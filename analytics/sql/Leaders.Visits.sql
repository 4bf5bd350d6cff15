-- All visits, newest first.
SELECT effective, leader, project, minutes, found
FROM visits_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY effective DESC, batch, line

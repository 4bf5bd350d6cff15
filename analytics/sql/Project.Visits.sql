-- The visits to one project, newest first.
SELECT effective, leader, project, minutes, found
FROM visits_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE project_key = {project:String}
ORDER BY effective DESC, batch, line

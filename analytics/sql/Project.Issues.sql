-- The issues of one project, the newest first.
SELECT key, number, issue, kind, section, owner, measure, found_on, due, status, resolved_on
FROM issues_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE project_key = {project:String}
ORDER BY found_on DESC NULLS LAST, batch DESC, line

-- The project that a plan is of, by its key or by its name in any spelling.
SELECT key, project_key, project, leaders, section
FROM projects_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')})
WHERE key = {project:String} OR project_key = {name:String}
ORDER BY key = {project:String}, batch DESC, line DESC

-- Who was to lead every project, or one, from when to when, whenever the list came in, in the order of the terms.
SELECT project_key, item, leaders, section, from, to
FROM assignments_at(asof = {end:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE (from IS NULL OR from <= {asof:Date32}) AND ({project:String} = '' OR project_key = {project:String})
ORDER BY project_key, from ASC NULLS FIRST, item, batch, line

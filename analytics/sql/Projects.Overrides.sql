-- The last decision on every project, or one, to set its light by hand, whether it still holds or not.
SELECT project_key, light, reason, person, from, until
FROM overrides_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE from <= {asof:Date32} AND ({project:String} = '' OR project_key = {project:String})
ORDER BY project_key, from DESC, batch DESC, line DESC
LIMIT 1 BY project_key

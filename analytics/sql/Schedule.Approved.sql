-- Every approved baseline, or those of one project, with its nodes, in the order of approval: none of them ever changes.
SELECT project_key, number, approved_on, approved_by, reason, node_no, node, node_key, start, finish, weight
FROM baselines_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE approved_on <= {asof:Date32} AND ({project:String} = '' OR project_key = {project:String})
ORDER BY project_key, approved_on, min(batch) OVER (PARTITION BY project_key, number_key), number, batch, line

-- The nodes of the current plan of every project, or of one: of several plan versions the one that began last,
-- and of a number that was given to another node later the newer node.
WITH
    plans AS
    (
        SELECT *, min((effective, batch)) OVER (PARTITION BY project_key, plan_version) AS began,
            max(batch) OVER (PARTITION BY project_key, plan_version, node_no) AS newest
        FROM milestones_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
        WHERE ({project:String} = '' OR project_key = {project:String})
    ),
    versions AS
    (
        SELECT project_key, argMax(plan_version, (began, plan_version)) AS plan_version FROM plans GROUP BY project_key
    )
SELECT key, project_key, project, plan_version, node_no, node, node_key, duration_days, day_kind, weight, predecessors, plan_start, plan_finish,
    actual_start, actual_finish, forecast_finish, deadline, owner
FROM plans
WHERE (project_key, plan_version) IN (SELECT project_key, plan_version FROM versions) AND (node_no = '' OR batch = newest)
ORDER BY project_key, toFloat64OrNull(node_no) ASC NULLS LAST, batch, line

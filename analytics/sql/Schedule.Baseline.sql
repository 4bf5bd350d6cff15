-- The first planned dates recorded for every node, or those of one project: the baseline that later plans never change.
SELECT project_key, node_no, node_key, argMin(plan_start, (effective, batch, line)) AS baseline_start,
    argMin(plan_finish, (effective, batch, line)) AS baseline_finish
FROM milestones
WHERE area = {area:String} AND ({project:String} = '' OR project_key = {project:String}) AND effective <= {asof:Date32} AND NOT deleted AND batch IN
(
    SELECT batch FROM batches WHERE at <= {known:DateTime64(3, 'UTC')}
    GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0
)
GROUP BY project_key, node_no, node_key
ORDER BY project_key, node_no, node_key

-- All weekly entries of one project, newest first. The keys narrow what the view reads.
SELECT project_key, effective, progress, percent, week_investment_yuan, cumulative_investment_yuan,
    problem, coordination, next_step, note
FROM progress_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE key IN (SELECT key FROM progress WHERE area = {area:String} AND project_key = {project:String}) AND project_key = {project:String}
ORDER BY effective DESC, batch DESC, line DESC
LIMIT 1 BY effective

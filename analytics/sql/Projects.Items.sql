-- Every project as it stands, or one by its key or folded name, in the order in which projects were first written down.
SELECT p.key, p.project_key, p.project, p.category, p.leaders, p.section, p.stage, p.effective,
    p.total_investment_yuan, p.year_plan_yuan, p.month_done_yuan, p.year_to_date_yuan, p.since_start_yuan,
    p.plan_start, p.actual_start, p.plan_finish, p.actual_finish,
    p.progress, p.percent, p.problem, p.coordination, p.next_step
FROM projects_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String}) AS p
INNER JOIN (SELECT key, min((batch, line)) AS first FROM projects WHERE area = {area:String} GROUP BY key) AS f
    ON f.key = p.key
WHERE {project:String} = '' OR p.project_key = {project:String} OR p.key = {key:String}
ORDER BY f.first

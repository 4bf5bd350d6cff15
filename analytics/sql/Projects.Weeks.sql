-- The last two weekly entries of every project, and the last two up to an earlier day, newest first; before the first day there is none.
SELECT project_key, effective, progress, percent, week_investment_yuan, cumulative_investment_yuan,
    problem, coordination, next_step, note
FROM
(
    SELECT *
    FROM progress_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
    ORDER BY project_key, effective DESC, batch DESC, line DESC
    LIMIT 1 BY project_key, effective
)
ORDER BY project_key, effective DESC
LIMIT 2 BY project_key, effective > {before:Date32}

-- All action items, or those of one project, in the order of the meetings.
SELECT key, number, project, project_key, item, section, owner, meeting_date, due, status, closed_on,
    proposer, reporter, confirmer, result, evidence, done_percent, shortfall, return_reason, reopened, reopen_reason, escalation, note,
    concat(toString(batch), '.', toString(line)) AS version
FROM actions_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE ({project:String} = '' OR project_key = {project:String})
ORDER BY meeting_date, number, batch, line

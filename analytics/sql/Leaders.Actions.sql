-- All action items in the order of the meetings.
SELECT number, project, project_key, item, section, owner, meeting_date, due, status, closed_on
FROM actions_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')})
ORDER BY meeting_date, number, batch, line

-- Every complaint case as it stands, by the day it came in.
SELECT key, number, channel, subject, category, place, grid, unit, status, received_on, accepted_on, assigned_on, due, postponed_until, postpone_reason,
    fed_back_on, reply, closed_on, send_back_reason, reopened, reopen_reason, note, complainant, phone,
    concat(toString(batch), '.', toString(line)) AS version
FROM cases_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY received_on, number, batch, line

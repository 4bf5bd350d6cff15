-- All meetings in the order of their days.
SELECT key, meeting_date, held_at, place, chair, present, status, previous, frozen_asof, frozen_known, closed_by, closed_at,
    reopened, reopen_reason, concat(toString(batch), '.', toString(line)) AS version
FROM meetings_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY meeting_date, batch, line
LIMIT 1 BY meeting_date

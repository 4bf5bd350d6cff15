-- Every time a meeting was closed, with the clocks it was frozen at then; reopened and closed again it stands twice.
SELECT meeting_date, frozen_asof, frozen_known, closed_by, closed_at, batch
FROM meetings
WHERE area = {area:String} AND status = {closed:String} AND NOT deleted AND isNotNull(frozen_asof) AND batch IN (
    SELECT batch FROM batches WHERE at <= {known:DateTime64(3, 'UTC')}
    GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
ORDER BY meeting_date, batch, line

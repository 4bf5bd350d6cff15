-- The record time of the sub-district's last event that is known at the question's moment; 1970 when there is none.
SELECT max(last) AS declared
FROM (
    SELECT maxIf(at, event IN ('commit', 'undo')) AS last
    FROM batches
    WHERE at <= {known:DateTime64(3, 'UTC')}
    GROUP BY batch
    HAVING max(area) = {area:String} AND countIf(event = 'commit') > 0
)

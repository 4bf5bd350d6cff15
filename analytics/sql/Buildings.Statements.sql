-- The days that lists of tenants speak of, the newest first, with how many buildings each is of, and of how many a later list speaks again;
-- one building where that is asked for.
WITH shown AS (
    SELECT batch FROM batches WHERE at <= {known:DateTime64(3, 'UTC')}
    GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0
)
SELECT day, count() AS buildings, countIf(day < newest) AS told_again
FROM (
    SELECT effective AS day, building_key, max(day) OVER (PARTITION BY building_key) AS newest
    FROM tenants
    WHERE area = {area:String} AND effective <= {asof:Date32} AND NOT deleted AND batch IN shown AND ({building:String} = '' OR building_key = {building:String})
    GROUP BY day, building_key
)
GROUP BY day
ORDER BY day DESC
LIMIT 24

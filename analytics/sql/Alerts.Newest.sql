-- The newest day that rows of each watched dataset speak of; a dataset without any has no line.
WITH shown AS (
    SELECT batch FROM batches WHERE at <= {known:DateTime64(3, 'UTC')}
    GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0
)
SELECT dataset, max(effective) AS newest
FROM (
    SELECT 'progress' AS dataset, effective, batch, deleted FROM progress WHERE area = {area:String}
    UNION ALL SELECT 'visits', effective, batch, deleted FROM visits WHERE area = {area:String}
    UNION ALL SELECT 'tax', effective, batch, false FROM tax_sums WHERE area = {area:String} AND by = 0
    UNION ALL SELECT 'investment', effective, batch, deleted FROM investment WHERE area = {area:String}
    UNION ALL SELECT 'resettlement', effective, batch, deleted FROM resettlement WHERE area = {area:String}
    UNION ALL SELECT 'tenants', effective, batch, deleted FROM tenants WHERE area = {area:String}
    UNION ALL SELECT 'buildings', effective, batch, deleted FROM buildings WHERE area = {area:String}
)
WHERE effective <= {asof:Date32} AND NOT deleted AND batch IN shown
GROUP BY dataset
ORDER BY dataset

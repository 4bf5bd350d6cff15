-- What each batch of the sub-district brought and when it could be seen: which datasets, of which days.
SELECT arrayMap(x -> toString(x), mapKeys(anyIf(rows, event = 'commit'))) AS datasets,
    anyIf(effective_from, event = 'commit') AS first, anyIf(effective_to, event = 'commit') AS last,
    maxIf(at, event = 'commit') AS seen, if(countIf(event = 'undo') > 0, minIf(at, event = 'undo'), NULL) AS undone
FROM batches
GROUP BY batch
HAVING max(area) = {area:String} AND countIf(event = 'commit') > 0 AND seen <= {known:DateTime64(3, 'UTC')}
ORDER BY batch

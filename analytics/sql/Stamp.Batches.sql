-- The sub-district's committed batches that a reader sees under both clocks that brought rows of the datasets asked about.
SELECT batch, anyIf(file, event = 'commit') AS file
FROM batches
WHERE at <= {known:DateTime64(3, 'UTC')}
GROUP BY batch
HAVING max(area) = {area:String} AND countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0
   AND anyIf(effective_from, event = 'commit') <= {asof:Date32}
   AND hasAny(mapKeys(anyIf(rows, event = 'commit')), {datasets:Array(String)})
ORDER BY batch

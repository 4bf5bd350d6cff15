-- The sub-district's committed batches that a reader sees under both clocks, with the datasets that each brought rows of.
SELECT batch, anyIf(file, event = 'commit') AS file, arrayMap(name -> toString(name), mapKeys(anyIf(rows, event = 'commit'))) AS datasets
FROM batches
WHERE at <= {known:DateTime64(3, 'UTC')}
GROUP BY batch
HAVING max(area) = {area:String} AND countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0
   AND anyIf(effective_from, event = 'commit') <= {asof:Date32}
ORDER BY batch

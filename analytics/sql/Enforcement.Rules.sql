-- Which counters are the sum of which.
SELECT total, total_key, part, part_key, tolerance
FROM enforcement_rules_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE total_key != '' AND part_key != ''
ORDER BY batch, line

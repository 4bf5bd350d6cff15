-- Targets by indicator, year and basis; that of the whole area before those of its parts.
SELECT indicator_key, toYear(assumeNotNull(year)) AS target_year, basis, unit, scope_key, target
FROM targets_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE year IS NOT NULL AND target IS NOT NULL
ORDER BY indicator_key, target_year, basis, scope_key

-- The office's own list of what patrols look for, in its order.
SELECT issue_type, `group`, clause, days, unit
FROM patrol_types_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY no, batch, line

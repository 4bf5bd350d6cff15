-- Rooms of one building that stand vacant on the day. A list of vacancies holds until the building's next one; a room that a later
-- sheet of tenants lets is vacant no more, whichever of the two was loaded first. Rooms saved from a form add to the list.
WITH newest AS (
    SELECT max(effective) AS day
    FROM vacancies_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
    WHERE building_key = {building:String} AND batch IN (SELECT batch FROM batches WHERE kind = 'import')
),
let AS (
    SELECT splitByChar('|', key)[3] AS room_key, groupArray((replaceRegexpOne(splitByChar('|', key)[2], '[层楼f]$', ''), effective, batch)) AS told
    FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
    WHERE key IN (SELECT key FROM tenants WHERE area = {area:String} AND building_key = {building:String}) AND building_key = {building:String} AND room_key != ''
      AND (moved_out IS NULL OR moved_out > {asof:Date32}) AND (moved_in IS NULL OR moved_in <= {asof:Date32})
    GROUP BY room_key
)
SELECT floor, room, area_m2, since, asking_rent, effective
FROM (
    SELECT floor, room, area_m2, since, asking_rent, effective, batch, line,
           replaceRegexpOne(splitByChar('|', key)[2], '[层楼f]$', '') AS floor_key, replaceRegexpOne(splitByChar('|', key)[3], '#\\d+$', '') AS room_key
    FROM vacancies_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
    WHERE building_key = {building:String} AND effective >= (SELECT day FROM newest)
) AS vacant
LEFT JOIN let ON let.room_key = vacant.room_key
WHERE NOT arrayExists(t -> (t.1 = floor_key OR t.1 = '' OR floor_key = '') AND (t.2, t.3) > (effective, batch), let.told)
ORDER BY batch, line

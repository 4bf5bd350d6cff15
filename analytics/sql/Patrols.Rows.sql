-- Rounds since a day, and what was found before it and is not checked yet; or the one of an ID. The community is that of the sheet, else
-- that of the dictionary of grids.
SELECT p.key, lower(hex(sipHash64(p.key))) AS id, p.number, p.day, p.time, if(p.community = '', g.community, p.community) AS community, p.grid, p.grid_key,
    p.issue_type, p.issue, p.place, p.place_key, p.found_by, p.unit, p.handed_to, p.due, p.handed_on, p.mended_on, p.measure, p.checked_on, p.checker, p.result,
    p.return_reason, p.returned, p.status, p.photos_before, p.photos_after, p.clause, p.addressee, p.note,
    concat(toString(p.batch), '.', toString(p.line)) AS version
FROM patrols_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String}) AS p
LEFT JOIN (
    SELECT grid_key, any(community) AS community
    FROM grids_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
    GROUP BY grid_key
) AS g ON g.grid_key = p.grid_key
WHERE ({id:String} = '' AND (p.day >= {since:Date32}
        OR p.status != {fine:String} AND (p.issue_type != '' OR p.issue != '') AND (p.checked_on IS NULL OR p.checked_on > {asof:Date32} OR p.result = {returned:String})))
    OR lower(hex(sipHash64(p.key))) = {id:String}
ORDER BY p.day DESC, p.time DESC, p.batch DESC, p.line DESC

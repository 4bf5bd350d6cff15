-- The register of buildings as it stands, in the order of the sheet.
SELECT building, building_key, district, address, kind, grade, warden, opened, gross_area_m2, lettable_area_m2, let_area_m2, vacant_area_m2
FROM buildings_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE {building:String} = '' OR building_key = {building:String}
ORDER BY batch, line

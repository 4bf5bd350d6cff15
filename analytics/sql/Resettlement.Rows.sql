-- Every row of resettlement housing as it stands, in the order of the sheet.
SELECT village, block, building, total_units, total_area_m2, started_units, started_area_m2, completed_units, completed_area_m2,
       delivered_units, delivered_area_m2, marks['total_area_m2'] AS area_qualifier, plan_delivery, actual_delivery,
       published_units, published_area_m2, marks['published_area_m2'] AS published_qualifier, published_percent, percent_basis, published_by, published_on
FROM resettlement_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY batch, line

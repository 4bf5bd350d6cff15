-- Custom time progress (序时进度) by indicator, year and basis: percent of the target due by the end of each month, where stated.
SELECT indicator_key, toYear(assumeNotNull(year)) AS curve_year, basis, through_01, through_02, through_03, through_04, through_05, through_06,
       through_07, through_08, through_09, through_10, through_11, through_12
FROM curves_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE year IS NOT NULL
ORDER BY indicator_key, curve_year, basis

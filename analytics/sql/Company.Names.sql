-- The names a company was written under, by the number its codes share, in the order it bore them; companies of one name only are left out.
SELECT code, argMax(name, day) AS shown, min(day) AS first_day, max(day) AS last_day
FROM (
    SELECT uscc_key AS code, tenant AS name, tenant_key AS name_key, effective AS day
    FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String}) WHERE uscc_key != ''
    UNION ALL
    SELECT uscc_key, company, company_key, effective
    FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String}) WHERE uscc_key != ''
)
GROUP BY code, name_key
QUALIFY count() OVER (PARTITION BY code) > 1
ORDER BY code, first_day, last_day, shown

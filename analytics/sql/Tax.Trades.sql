-- The words for industries in the record: those of the tenants' newest lines, company by company (with all codes their name has), and
-- those that tax sheets state, which are read from the table itself, since a word more than stands today does no harm.
SELECT code, name_key, codes, trade
FROM (
    SELECT uscc_key AS code, tenant_key AS name_key, groupUniqArrayArray(all_codes) AS codes, argMax(toString(industry), (effective, batch, line)) AS trade
    FROM (
        SELECT *, groupUniqArrayIf(uscc_key, uscc_key != '') OVER (PARTITION BY tenant_key) AS all_codes
        FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
    )
    WHERE industry != ''
    GROUP BY code, name_key
    UNION ALL
    SELECT '', '', CAST([], 'Array(String)'), toString(industry) FROM tax WHERE area = {area:String} AND industry != '' GROUP BY industry
)
ORDER BY code, name_key, trade

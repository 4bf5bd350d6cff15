-- What the newest line among the tenants says of the industry of each company, told by its number: of its code, or of its name while no other
-- company has that (bare: false), and of names that no line has a code for (bare: true). It tells of payers whose tax rows say nothing.
WITH tenant_lines AS (
    SELECT if(uscc_key = '', 0, cityHash64(uscc_key)) AS code, if(tenant_key = '', 0, cityHash64(tenant_key)) AS tenant_id, industry, (effective, batch, line) AS at,
           groupUniqArrayIf(code, code != 0) OVER (PARTITION BY tenant_id) AS codes
    FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
)
SELECT bare, id, argMax(toString(industry), at) AS trade
FROM (
    SELECT arrayJoin(arrayConcat(
               arrayMap(i -> (false, i), arrayDistinct(arrayFilter(i -> i != 0, [multiIf(code != 0, code, length(codes) = 1, codes[1], 0), if(length(codes) <= 1, tenant_id, 0)]))),
               if(length(codes) = 0, [(true, tenant_id)], []))) AS told,
           told.1 AS bare, told.2 AS id, industry, at
    FROM tenant_lines
    WHERE industry != ''
)
GROUP BY bare, id
ORDER BY bare, id

-- Tax of every payer in this year's periods and the same of the year before, with the industry its rows state and that of its newest line
-- among the tenants. Companies are told apart as in Tax.Parts: by their code; rows without one have the only code their name has, else
-- their name. A payer is met among the tenants as the same company, or by its name where no line of that name has a code.
-- In mixed periods an undivided row of a company that also has types is left out, as in Tax.Mixed.
WITH tenant_lines AS (
    SELECT uscc_key AS code, tenant_key, industry, (effective, batch, line) AS at,
           groupUniqArrayIf(uscc_key, uscc_key != '') OVER (PARTITION BY tenant_key) AS codes
    FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
)
SELECT payers.firm AS firm, name, stated, coalesce(nullIf(same.trade, ''), bare.trade) AS told, this_yuan, last_yuan
FROM (
    SELECT multiIf(uscc_key != '', uscc_key, length(codes) = 1, codes[1], company_key) AS firm, stated,
           argMax(company, newest) AS name, argMax(company_key, newest) AS name_key, sum(this_part) AS this_yuan, sum(last_part) AS last_yuan
    FROM (
        SELECT *, groupUniqArrayIf(uscc_key, uscc_key != '') OVER (PARTITION BY company_key) AS codes
        FROM (
            SELECT any(name_key) AS company_key, any(code) AS uscc_key, toString(any(trade)) AS stated, argMax(company, span) AS company, max(span) AS newest,
                   sumIf(tax_yuan, current) AS this_part, sumIf(tax_yuan, previous) AS last_part
            FROM (
                SELECT company, company_key AS name_key, uscc_key AS code, industry AS trade, tax_yuan, (assumeNotNull(period), assumeNotNull(period_months)) AS span,
                       span IN {this:Array(Tuple(Date32, Int64))} AS current, span IN {last:Array(Tuple(Date32, Int64))} AS previous
                FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
                WHERE basis = {basis:String} AND (current OR previous)
                  AND ({building:String} = '' OR building_key = {building:String})
                  AND (NOT {sifted:Bool} OR industry IN {trades:Array(String)} OR industry = '' AND (uscc_key != '' AND uscc_key IN {codes:Array(String)}
                       OR uscc_key = '' AND company_key IN {names:Array(String)} OR company_key IN {bare:Array(String)}))
                  AND (tax_type != '' OR span NOT IN {mixed:Array(Tuple(Date32, Int64))} OR (company_key, span) NOT IN (
                      SELECT company_key, (assumeNotNull(period), assumeNotNull(period_months)) AS typed
                      FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
                      WHERE notEmpty({mixed:Array(Tuple(Date32, Int64))}) AND basis = {basis:String} AND tax_type != ''
                        AND typed IN {mixed:Array(Tuple(Date32, Int64))}))
            )
            GROUP BY cityHash64(name_key, code, trade)
        )
    )
    GROUP BY firm, stated
) AS payers
LEFT JOIN (
    SELECT id, argMax(toString(industry), at) AS trade
    FROM (
        SELECT arrayJoin(arrayDistinct(arrayFilter(i -> i != '', [multiIf(code != '', code, length(codes) = 1, codes[1], ''),
                                                                 if(length(codes) <= 1, tenant_key, '')]))) AS id, industry, at
        FROM tenant_lines
    )
    WHERE industry != '' GROUP BY id
) AS same ON same.id = payers.firm
LEFT JOIN (
    SELECT tenant_key AS id, argMax(toString(industry), at) AS trade
    FROM tenant_lines WHERE industry != '' AND length(codes) = 0 GROUP BY id
) AS bare ON bare.id = payers.name_key
ORDER BY this_yuan DESC NULLS LAST, last_yuan DESC NULLS LAST, name, stated

-- Tax of the payers in this year's periods and in the same of the year before. part: trade adds up those of one word for their industry; firm are
-- the payers that are told of one by one, a row for each word: the largest, those that came, went or fell, and those of several words, which trade leaves out.
-- The word is the one their rows state, else that of their newest line among the tenants. Companies are told apart as in Tax.Parts and named by
-- the number of their newest name. A payer is met among the tenants as the same company, or by its name where no line of that name has a code.
-- In mixed periods an undivided row of a company that also has types is left out, as in Tax.Mixed.
WITH tenant_lines AS (
    SELECT if(uscc_key = '', 0, cityHash64(uscc_key)) AS code, if(tenant_key = '', 0, cityHash64(tenant_key)) AS tenant_id, industry, (effective, batch, line) AS at,
           groupUniqArrayIf(code, code != 0) OVER (PARTITION BY tenant_id) AS codes
    FROM tenants_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
),
payers AS (
    SELECT firm, argMax(company, newest) AS name_id, sum(this_part) AS this_yuan, sum(last_part) AS last_yuan,
           groupArray((stated, this_part, last_part)) AS parts, length(arrayDistinct(parts.1)) > 1 AS several
    FROM (
        SELECT *, multiIf(code != 0, code, length(codes) = 1, codes[1], company) AS firm
        FROM (
            SELECT *, groupUniqArrayIf(code, code != 0) OVER (PARTITION BY company) AS codes
            FROM (
                SELECT company_id AS company, uscc_id AS code, toString(industry) AS stated, max(day * 1000 + months) AS newest,
                       sumIf(tax_yuan, current) AS this_part, sumIf(tax_yuan, previous) AS last_part
                FROM (
                    SELECT company_id, uscc_id, industry, tax_yuan, toInt64(assumeNotNull(period)) AS day, assumeNotNull(period_months) AS months,
                           (assumeNotNull(period), months) AS span,
                           span IN {this:Array(Tuple(Date32, Int64))} AS current, span IN {last:Array(Tuple(Date32, Int64))} AS previous
                    FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
                    WHERE basis = {basis:String} AND (current OR previous)
                      AND ({building:String} = '' OR building_key = {building:String})
                      AND (NOT {sifted:Bool} OR industry IN {trades:Array(String)} OR industry = '' AND (uscc_key != '' AND uscc_key IN {codes:Array(String)}
                           OR uscc_key = '' AND company_key IN {names:Array(String)} OR company_key IN {bare:Array(String)}))
                      AND (tax_type != '' OR span NOT IN {mixed:Array(Tuple(Date32, Int64))} OR (company_id, span) NOT IN (
                          SELECT company_id, (assumeNotNull(period), assumeNotNull(period_months)) AS typed
                          FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
                          WHERE notEmpty({mixed:Array(Tuple(Date32, Int64))}) AND basis = {basis:String} AND tax_type != ''
                            AND typed IN {mixed:Array(Tuple(Date32, Int64))}))
                )
                GROUP BY company, code, industry
            )
        )
    )
    GROUP BY firm
),
placed AS (
    SELECT *, rank() OVER (ORDER BY this_yuan DESC NULLS LAST) <= {limit:UInt32}
           OR {comparable:Bool} AND (ifNull(this_yuan > 0, false) != ifNull(last_yuan > 0, false) OR ifNull(last_yuan > 0 AND last_yuan - this_yuan >= {tax_least:Decimal(18, 2)}
               AND (last_yuan - this_yuan) * 100 >= last_yuan * {tax_fall:Decimal(9, 4)}, false)) AS listed
    FROM payers
)
SELECT shown.1 AS part, shown.2 AS word, shown.3 AS firm, any(name_id) AS name_id, any(several) AS of_several,
       sum(this_part) AS this_sum, sum(last_part) AS last_sum, uniqExactIf(who, this_part IS NOT NULL) AS companies
FROM (
    SELECT placed.firm AS who, name_id, several, parts.2 AS this_part, parts.3 AS last_part,
           multiIf(parts.1 != '', parts.1, same.trade != '', same.trade, bare.trade) AS word,
           arrayJoin(arrayConcat(if(several, [], [('trade', word, 0)]), if(listed OR several, [('firm', word, who)], []))) AS shown
    FROM (SELECT * FROM placed ARRAY JOIN parts) AS placed
    LEFT JOIN (
        SELECT id, argMax(toString(industry), at) AS trade
        FROM (
            SELECT arrayJoin(arrayDistinct(arrayFilter(i -> i != 0, [multiIf(code != 0, code, length(codes) = 1, codes[1], 0),
                                                                     if(length(codes) <= 1, tenant_id, 0)]))) AS id, industry, at
            FROM tenant_lines
        )
        WHERE industry != '' GROUP BY id
    ) AS same ON same.id = placed.firm
    LEFT JOIN (
        SELECT tenant_id AS id, argMax(toString(industry), at) AS trade
        FROM tenant_lines WHERE industry != '' AND length(codes) = 0 GROUP BY id
    ) AS bare ON bare.id = placed.name_id
)
GROUP BY shown
ORDER BY part, this_sum DESC NULLS LAST, last_sum DESC NULLS LAST, word, firm

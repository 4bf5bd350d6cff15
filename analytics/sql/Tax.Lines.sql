-- Tax of this year's periods, of the same of the year before and of that whole year, by company, code and building, each told by its number, 0
-- for none; by trade: and by what the rows say of the industry; by kind: and by tax type. Yuan are whole ones and ten-thousandths.
-- kinds: a bit for each type that rows of this year are of, by its place among those asked for, which begin at 1.
-- newest: orders the periods compared, by days since before the first there can be; 0 without any.
-- marks: 1 has rows of this year; 2, 4, 8 has an amount in this year's periods, in the same before, in that whole year; 16, 32 has one that is not
-- nothing in the first two. In mixed periods an undivided row of a company that also has types is left out, as in Tax.Mixed.
-- few: only rows in these places and of these companies, with all rows of a name that has one of these codes; the names they can be of are told
-- first, by which the index skips most of the table.
SELECT company_id, uscc_id, building_id, kind, trade, toUInt64(bits) AS kinds, newest,
       toUInt8((this_rows > 0) + 2 * (this_yuan IS NOT NULL) + 4 * (last_yuan IS NOT NULL) + 8 * (year_yuan IS NOT NULL) + 16 * (this_paid > 0) + 32 * (last_paid > 0)) AS marks,
       toInt64(ifNull(this_yuan, 0)) AS this_whole, toInt64((ifNull(this_yuan, 0) - this_whole) * 10000) AS this_parts,
       toInt64(ifNull(last_yuan, 0)) AS last_whole, toInt64((ifNull(last_yuan, 0) - last_whole) * 10000) AS last_parts,
       toInt64(ifNull(year_yuan, 0)) AS year_whole, toInt64((ifNull(year_yuan, 0) - year_whole) * 10000) AS year_parts
FROM (
    SELECT company_id, uscc_id, building_id, kind, trade, maxIf((toInt64(span.1) + 30000) * 1000 + span.2, current OR previous) AS newest,
           groupBitOrIf(bit, current) AS bits, countIf(current) AS this_rows, countIf(current AND tax_yuan != 0) AS this_paid, countIf(previous AND tax_yuan != 0) AS last_paid,
           sumIf(tax_yuan, current) AS this_yuan, sumIf(tax_yuan, previous) AS last_yuan, sumIf(tax_yuan, earlier) AS year_yuan
    FROM (
        SELECT company_id, uscc_id, building_id, if({by_kind:Bool}, tax_type, '') AS kind, if({by_trade:Bool}, industry, '') AS trade, tax_yuan,
               if(empty({kinds:Array(String)}), 0, bitShiftLeft(toUInt64(1), indexOf({kinds:Array(String)}, tax_type))) AS bit,
               (assumeNotNull(period), assumeNotNull(period_months)) AS span,
               span IN {this:Array(Tuple(Date32, Int64))} AS current, span IN {last:Array(Tuple(Date32, Int64))} AS previous,
               span IN {whole:Array(Tuple(Date32, Int64))} AS earlier
        FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
        WHERE basis = {basis:String} AND (current OR previous OR earlier)
          AND ({building:String} = '' OR building_id = cityHash64({building:String}))
          AND (NOT {few:Bool} OR company_id IN (
              SELECT arrayJoin({companies:Array(UInt64)})
              UNION ALL SELECT company_id FROM tax WHERE area = {area:String} AND {few:Bool} AND building_id IN {places:Array(UInt64)}
              UNION ALL SELECT company_id FROM tax WHERE area = {area:String} AND {few:Bool} AND uscc_id IN {firms:Array(UInt64)}))
          AND (NOT {few:Bool} OR building_id IN {places:Array(UInt64)} OR company_id IN {companies:Array(UInt64)} OR company_id IN (
              SELECT company_id FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
              WHERE {few:Bool} AND basis = {basis:String} AND uscc_id IN {firms:Array(UInt64)}))
          AND (NOT {sifted:Bool} OR industry IN {trades:Array(String)} OR industry = '' AND (uscc_key != '' AND uscc_key IN {codes:Array(String)}
               OR uscc_key = '' AND company_key IN {names:Array(String)} OR company_key IN {bare:Array(String)}))
          AND (empty({mixed:Array(Tuple(Date32, Int64))}) OR tax_type != '' OR span NOT IN {mixed:Array(Tuple(Date32, Int64))} OR (company_id, span) NOT IN (
              SELECT company_id, (assumeNotNull(period), assumeNotNull(period_months)) AS typed
              FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
              WHERE notEmpty({mixed:Array(Tuple(Date32, Int64))}) AND basis = {basis:String} AND tax_type != ''
                AND typed IN {mixed:Array(Tuple(Date32, Int64))}))
    )
    GROUP BY company_id, uscc_id, building_id, kind, trade
)
ORDER BY company_id, uscc_id

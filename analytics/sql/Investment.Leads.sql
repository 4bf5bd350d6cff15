-- Every lead as it stands, in the order of the sheet.
SELECT project, investor, origin, industry, stage, contract_amount, currency, fund_source, paid_in_year_yuan, paid_in_total_yuan,
       talks_on, intended_on, signed_on, registered_on, started_on, operating_on, agent, building, lost_reason
FROM investment_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY batch, line

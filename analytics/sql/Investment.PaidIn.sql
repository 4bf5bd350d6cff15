-- Money that came in by project, span, day, source of funds and currency, as it stands.
SELECT any(project) AS name, project_key, assumeNotNull(period) AS first, ifNull(period_months, 1) AS months, paid_on, fund_source, currency, sum(amount) AS amount
FROM paid_in_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE period IS NOT NULL AND paid_in_at.amount IS NOT NULL
GROUP BY project_key, first, months, paid_on, fund_source, currency
ORDER BY first, months, project_key, fund_source, currency, paid_on

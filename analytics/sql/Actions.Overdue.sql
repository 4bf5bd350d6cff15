-- How many action items are open after their day.
SELECT countIf(due < {asof:Date32} AND NOT (status = {closed:String} AND (closed_on IS NULL OR closed_on <= {asof:Date32}))) AS overdue
FROM actions_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})

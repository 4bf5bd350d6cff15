-- What a meeting said and decided, in its own order.
SELECT key, no, topic, topic_key, said, decision, concat(toString(batch), '.', toString(line)) AS version
FROM minutes_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
WHERE meeting_date = {date:Date32}
ORDER BY no IS NULL, no, topic, batch, line

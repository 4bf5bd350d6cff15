-- Every random draw up to the day, the newest first.
SELECT key, drawn_on, kind, seed, algorithm, list_digest, names, drawn_count, result, drawn_by, note, concat(toString(batch), '.', toString(line)) AS version
FROM draws_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY drawn_on DESC, kind, batch, line

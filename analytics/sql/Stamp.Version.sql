-- The record's version as it was at a moment.
SELECT count() AS version FROM batches WHERE event IN ('commit', 'undo') AND at <= {known:DateTime64(3, 'UTC')}

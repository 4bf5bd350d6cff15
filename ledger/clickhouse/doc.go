// Package clickhouse opens the record's database: the ClickHouse that is linked into this process (libchdb, a folder on disk)
// or a ClickHouse server or cluster, both behind one driver.Conn of clickhouse-go. Only main and internal/testkit import it.
//
// # Parameters
//
// There is one way to pass values, the same on the embedded engine and on a server: a placeholder {name:Type} in the SQL and
// clickhouse.Named (of github.com/ClickHouse/clickhouse-go/v2) in the arguments. The engine binds them; nothing is pasted in.
//
//	rows, err := conn.Query(ctx, `SELECT * FROM projects_at(asof={asof:Date}, known={known:DateTime64(3,'UTC')}) WHERE code={code:String}`,
//		ch.Named("asof", asof.Format("2006-01-02")), // a Date or Date32 is text: a time.Time would be sent as epoch seconds and refused
//		ch.Named("known", known),                    // a DateTime64 is a time.Time: an instant, whatever its zone
//		ch.Named("code", code))                      // any string: quotes, tabs, NUL and Chinese arrive as they are
//
// A decimal.Decimal, a number, a []string for Array(String) and nil for a Nullable type are passed as they are.
// Placeholder and type stand on one line of the SQL. clickhouse.WithParameters wins over Named and leaves tabs, newlines and
// backslashes unescaped: it is used through ledger.Bind alone, which escapes them; `?` and `$1` are pasted by the driver, so never.
//
// # The embedded engine
//
// clickhouse-go speaks HTTP to an http.RoundTripper in this process (transport), which hands the text to libchdb and streams
// Native blocks back. A result larger than a mebibyte is streamed and holds one of the engine's few connections until it is
// read to its end, so do not query once per row of a large result: read it first, or cancel its context.
// Closing Rows early makes the driver read the rest; cancel the context to stop a query. A cancelled context kills the query.
// A batch is one block built in memory by the driver and sent at Send, so a table without partitions gets all of it or
// nothing; send every 50,000 to 200,000 rows. KILL QUERY and cancelling take effect between blocks.
// Settings given to clickhouse.WithSettings reach the engine for that statement alone. SET, USE and temporary tables do not
// outlive their statement, as over HTTP. External tables (clickhouse.WithExternalTable) are refused.
//
// One process holds one folder, and one folder belongs to one process. Opening the folder again in the same process shares the
// engine, so each database of a test can have its own driver.Conn.
package clickhouse

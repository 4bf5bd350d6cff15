package clickhouse

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	chgo "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"
)

const token = "a-token-of-tests"

// readerOver serves a database with the tables a (to be read) and accounts (not) on a real socket.
func readerOver(t *testing.T, o ReaderOptions) (address string, conn driver.Conn) {
	t.Helper()
	cfg := Config{Dir: sharedDir, Database: newDatabase()}
	conn, done, err := Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{"CREATE TABLE tax (key String, yuan Decimal(38, 2), day Date32, note Nullable(String)) ENGINE = MergeTree ORDER BY key",
		"CREATE VIEW tax_at AS SELECT * FROM tax WHERE day <= {asof:Date32}", "CREATE TABLE accounts (name String, hash String) ENGINE = MergeTree ORDER BY name",
		"INSERT INTO tax SELECT concat('企业', toString(number)), number / 4, toDate32('2016-01-01') + number, if(number % 2 = 0, NULL, 'n') FROM numbers(50)",
		"INSERT INTO accounts VALUES ('a', 'secret')"} {
		mustExec(t, conn, sql)
	}
	o.Token, o.Tables = token, []string{"tax", "tax_at"}
	handler, release, err := NewReader(context.Background(), cfg, o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(func() {
		server.Close()
		mustExec(t, conn, "DROP DATABASE "+cfg.Database+" SYNC")
		if err := release(); err != nil {
			t.Error(err)
		}
		if err := done(); err != nil {
			t.Error(err)
		}
	})
	return server.URL, conn
}

// put asks as a tool would; words are those of the address.
func put(t *testing.T, address, sql, key string, words url.Values) (int, string, http.Header) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"/?"+words.Encode(), strings.NewReader(sql))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-ClickHouse-User", ReaderUser)
	request.Header.Set("X-ClickHouse-Key", key)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body), response.Header
}

// TestClickHouseGoReadsOverHTTP connects the driver itself, as it would to a server.
func TestClickHouseGoReadsOverHTTP(t *testing.T) {
	address, _ := readerOver(t, ReaderOptions{})
	for _, method := range []chgo.CompressionMethod{chgo.CompressionNone, chgo.CompressionLZ4} {
		conn, err := chgo.Open(&chgo.Options{Protocol: chgo.HTTP, Addr: []string{strings.TrimPrefix(address, "http://")},
			Auth: chgo.Auth{Username: ReaderUser, Password: token}, Compression: &chgo.Compression{Method: method}})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := conn.Query(t.Context(), "SELECT key, yuan, day, note FROM tax_at(asof = {asof:Date32}) ORDER BY yuan DESC LIMIT 2", chgo.Named("asof", "2016-02-01"))
		if err != nil {
			t.Fatal(method, err)
		}
		got := ""
		for rows.Next() {
			var key string
			var yuan decimal.Decimal
			var note *string
			var day time.Time
			if err := rows.Scan(&key, &yuan, &day, &note); err != nil {
				t.Fatal(err)
			}
			got += key + " " + yuan.String() + " " + day.Format(time.DateOnly) + ";"
		}
		if err := rows.Err(); err != nil || got != "企业31 7.75 2016-02-01;企业30 7.5 2016-01-31;" {
			t.Errorf("%v: %q %v", method, got, err)
		}
		if err := conn.Exec(t.Context(), "INSERT INTO tax VALUES ('x', 1, '2016-01-01', NULL)"); err == nil {
			t.Error("it was written to")
		}
		_ = conn.Close()
	}
}

func TestTheReaderAnswersTools(t *testing.T) {
	address, _ := readerOver(t, ReaderOptions{})
	for sql, want := range map[string]string{
		"SELECT count() FROM tax":                                    "50\n",
		"SELECT 1 WHERE 0 FORMAT CSVWithNames":                       "\"1\"\n",
		"SELECT sumIf(yuan, day < '2016-01-03') FROM tax FORMAT TSV": "0.25\n",
		"-- Grafana\nSELECT toStartOfMonth(day) AS t, sum(yuan) FROM tax WHERE t = '2016-01-01' GROUP BY t": "2016-01-01\t116.25\n",
		"WITH c AS (SELECT max(yuan) AS m FROM tax) SELECT key FROM tax JOIN c ON yuan = m":                 "企业49\n",
		"SELECT CASE WHEN yuan > 12 THEN '高' ELSE '低' END AS l, count() FROM tax GROUP BY l ORDER BY 2":     "高\t1\n低\t49\n",
		"SELECT key FROM tax WHERE key IN (SELECT key FROM tax LIMIT 3) ORDER BY key LIMIT 1 ;":             "企业0\n",
		"SELECT arrayMap(x -> x + 1, [1, 2]), count() OVER () FROM numbers(1)":                              "[2,3]\t1\n",
		"EXISTS TABLE tax": "1\n",
	} {
		if code, body, _ := put(t, address, sql, token, nil); code != 200 || body != want {
			t.Errorf("%s: %d %q, want %q", sql, code, body, want)
		}
	}
	code, body, head := put(t, address, "SELECT key, note FROM tax WHERE key = {k:String}", token, url.Values{"default_format": {"JSON"}, "param_k": {"企业2"}})
	var told struct {
		Data []struct {
			Key  string
			Note *string
		}
		Rows int
	}
	if err := json.Unmarshal([]byte(body), &told); err != nil || code != 200 || told.Rows != 1 || told.Data[0].Key != "企业2" || told.Data[0].Note != nil || !strings.HasPrefix(head.Get("Content-Type"), "application/json") {
		t.Errorf("%d %s %v %v", code, body, head, err)
	}
	if r, err := http.Get(address + "/ping"); err != nil || r.StatusCode != 200 {
		t.Error(r, err)
	}
	for _, sql := range []string{"SHOW TABLES", "SELECT name FROM system.tables WHERE database = currentDatabase()", "DESCRIBE TABLE tax", "SHOW DATABASES", "SELECT version(), timezone()"} {
		if code, body, _ := put(t, address, sql, token, nil); code != 200 || body == "" {
			t.Errorf("%s: %d %s", sql, code, body)
		}
	}
}

func TestTheReaderWantsItsToken(t *testing.T) {
	address, _ := readerOver(t, ReaderOptions{})
	for _, key := range []string{"", "wrong", token + "x"} {
		if code, body, head := put(t, address, "SELECT 1", key, nil); code != 401 || head.Get("X-ClickHouse-Exception-Code") != "516" || strings.Contains(body, token) {
			t.Errorf("%q: %d %s", key, code, body)
		}
	}
	if code, _, _ := put(t, address, "SELECT 1", "", url.Values{"user": {ReaderUser}, "password": {token}}); code != 401 {
		t.Errorf("the token stood in the address: %d", code)
	}
}

// TestTheReaderOnlyReads tries what readonly alone lets through, and what it does not.
func TestTheReaderOnlyReads(t *testing.T) {
	address, conn := readerOver(t, ReaderOptions{})
	secret, out := filepath.Join(t.TempDir(), "secret"), filepath.Join(t.TempDir(), "out")
	if err := os.WriteFile(secret, []byte("top secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{
		"SELECT file('" + secret + "')", "SELECT FILE('" + secret + "')", "SELECT `file`('" + secret + "')", "SELECT * FROM file('" + secret + "', 'LineAsString')",
		"SELECT * FROM `file`('" + secret + "')", "DESCRIBE TABLE file('" + secret + "', 'LineAsString')", "SELECT * APPLY(file) FROM (SELECT '" + secret + "')",
		"SELECT * APPLY file FROM (SELECT '" + secret + "')", "SELECT COLUMNS('.*') APPLY(x -> file(x)) FROM (SELECT '" + secret + "' AS a)",
		"SELECT arrayMap(x -> file(x), ['" + secret + "'])", "WITH file('" + secret + "') AS f SELECT f", "SELECT 1 ORDER BY file('" + secret + "')",
		"SELECT 1 FROM tax QUALIFY file('" + secret + "') = ''", "SELECT 1 LIMIT length(file('" + secret + "'))", "SELECT count() OVER (ORDER BY file('" + secret + "')) FROM tax",
		"SELECT number FROM numbers(1) ORDER BY number WITH FILL FROM length(file('" + secret + "')) TO 20", "SELECT chdb('SELECT 1')",
		"SELECT 1 INTO OUTFILE '" + out + "'", "SELECT 1 INTO/**/OUTFILE '" + out + "' TRUNCATE", "SHOW TABLES INTO OUTFILE '" + out + "'", "(SELECT 1) INTO OUTFILE '" + out + "'",
		"SELECT * FROM url('http://127.0.0.1:1/x', 'LineAsString')", "SELECT * FROM executable('id', 'TSV', 'a String')", "SELECT * FROM remote('127.0.0.1', system.one)",
		"SELECT * FROM s3('http://127.0.0.1:1/x')", "SELECT * FROM mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')", "SELECT * FROM sqlite('" + secret + "', 'x')",
		"SELECT * FROM merge(currentDatabase(), 'accounts')", "SELECT * FROM view(SELECT * FROM accounts)", "SELECT * FROM cluster('default', accounts)",
		"SELECT * FROM accounts", "SELECT * FROM `accounts`", "SELECT count() FROM tax WHERE key IN accounts", "SELECT 1 WHERE ('a', 'secret') IN (accounts)",
		"SELECT (SELECT hash FROM accounts)", "WITH x AS (SELECT * FROM accounts) SELECT * FROM x", "SELECT 1 UNION ALL SELECT hash FROM accounts",
		"SELECT * FROM tax JOIN accounts ON 1 = 1", "SELECT * FROM {t:Identifier}", "DESCRIBE TABLE accounts", "SELECT * FROM system.query_log",
		"SELECT * FROM system.processes", "SELECT * FROM system.users", "SELECT * FROM default.x", "SELECT hasColumnInTable('127.0.0.1', 'a', 'b', 'c')", "SELECT sleep(1)", "SELECT getSetting('max_threads')",
		"SELECT aiGenerate('x')", "SELECT dictGet('a', 'b', 1)", "SELECT * FROM dictionary('a')",
		"INSERT INTO tax VALUES ('x', 1, '2016-01-01', NULL)", "INSERT INTO FUNCTION file('" + out + "', 'TSV') SELECT 1", "CREATE TABLE t (a UInt8) ENGINE = Memory",
		"CREATE TEMPORARY TABLE t (a UInt8)", "DROP TABLE tax", "ALTER TABLE tax DELETE WHERE 1", "TRUNCATE TABLE tax", "OPTIMIZE TABLE tax", "RENAME TABLE tax TO t", "KILL QUERY WHERE 1",
		"SYSTEM FLUSH LOGS", "BACKUP TABLE tax TO File('" + out + "')", "ATTACH TABLE x", "DETACH TABLE tax", "SET max_threads = 1", "USE default", "GRANT SELECT ON *.* TO bi",
		"SELECT 1 SETTINGS readonly = 0", "SELECT 1 SETTINGS max_result_rows = 0", "EXPLAIN SELECT 1", "SELECT 1; DROP TABLE tax", "/* */ DROP TABLE tax", "",
	} {
		code, body, _ := put(t, address, sql, token, url.Values{"param_t": {"accounts"}})
		// What the engine cannot parse it does not run either.
		if strings.Contains(body, "SYNTAX_ERROR") && testing.Verbose() {
			t.Logf("no statement: %s", sql)
		}
		if code == 200 || strings.Contains(body, "top secret") {
			t.Errorf("%s: %d %.200s", sql, code, body)
		}
	}
	for _, setting := range []string{"readonly", "max_result_rows", "max_execution_time", "format_schema_path", "user_files_path", "allow_ddl"} {
		if code, body, _ := put(t, address, "SELECT 1", token, url.Values{setting: {"0"}}); code != 500 || !strings.Contains(body, "READONLY") {
			t.Errorf("%s: %d %s", setting, code, body)
		}
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Error("a file was written")
	}
	if n := one[uint64](t, t.Context(), conn, "SELECT count() FROM tax"); n != 50 {
		t.Errorf("%d rows are left", n)
	}
}

func TestTheReaderIsBounded(t *testing.T) {
	address, conn := readerOver(t, ReaderOptions{Rows: 100, Time: time.Second, Memory: 60 << 20, AtOnce: 1})
	for sql, code := range map[string]string{
		"SELECT number FROM numbers(101)":                           "396",
		"SELECT number FROM numbers(1000000) FORMAT Native":         "396",
		"SELECT count() FROM numbers(100000000000)":                 "159",
		"SELECT length(groupArray(number)) FROM numbers(100000000)": "241",
	} {
		began := time.Now()
		_, body, head := put(t, address, sql, token, nil)
		if head.Get("X-ClickHouse-Exception-Code") != code || time.Since(began) > 10*time.Second {
			t.Errorf("%s: %s after %s %.200q", sql, head.Get("X-ClickHouse-Exception-Code"), time.Since(began), body)
		}
	}
	// What was set for the reader does not stay behind for others.
	mustExec(t, conn, "INSERT INTO tax VALUES ('x', 1, '2016-01-01', NULL)")
}

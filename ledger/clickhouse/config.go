package clickhouse

import (
	"maps"
	"net/http"
	"path/filepath"
	"strconv"
	"time"

	chgo "github.com/ClickHouse/clickhouse-go/v2"
)

// DurableTableSettings belongs in the SETTINGS clause of every MergeTree table whose rows must survive a power loss.
const DurableTableSettings = "fsync_after_insert=1, fsync_part_directory=1"

// Config says where the record lives: an embedded engine's folder, or a server's address.
type Config struct {
	Dir      string // folder of the embedded engine; used when DSN is empty
	DSN      string // clickhouse://user:password@host:9000/db; empty means embedded
	Library  string // path of libchdb; empty: TAIZHANG_CHDB_LIB, then beside the executable, then node_modules upward from there and from the working folder
	Database string // created when missing; default: the DSN's, then "taizhang"
	Cluster  string // server only: the database is created ON CLUSTER this

	Connections int            // statements the embedded engine runs at once; default 4
	QueryLimit  time.Duration  // the engine stops a statement after this; default 10 minutes, negative: never
	Settings    map[string]any // ClickHouse settings of every statement
	Backups     string         // folder that BACKUP ... TO File() may write to; default DIR/backups
	// Through stands between the driver and the embedded engine; nil: nothing does. Tests remember statements there.
	Through func(http.RoundTripper) http.RoundTripper
	Socket  string // written into the lock file, so that another process can find the one that holds the folder
}

func (c Config) withDefaults() Config {
	if c.Connections <= 0 {
		c.Connections = 4
	}
	if c.QueryLimit == 0 {
		c.QueryLimit = 10 * time.Minute
	}
	if c.Through == nil {
		c.Through = func(t http.RoundTripper) http.RoundTripper { return t }
	}
	if c.Backups == "" {
		c.Backups = filepath.Join(c.Dir, "backups")
	}
	return c
}

// settings are those sent with every statement: asynchronous inserts would acknowledge rows that are not yet stored.
func (c Config) settings() chgo.Settings {
	s := chgo.Settings{"async_insert": "0"}
	if c.QueryLimit > 0 {
		s["max_execution_time"] = strconv.Itoa(int(max(1, c.QueryLimit.Seconds())))
	}
	maps.Copy(s, c.Settings)
	return s
}

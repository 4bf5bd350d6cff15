// Package server is the product's face: the commands of the command line, the
// web pages and their JSON and CSV, and the socket through which a running
// server carries out commands for others. main starts it and internal tests
// drive it; it is the only package that imports Fiber.
package server

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// Config is every setting of the program; flags fill it, with TAIZHANG_* from the environment behind them.
type Config struct {
	Data       string    // folder of the embedded engine
	ClickHouse string    // address of a ClickHouse server; empty: the embedded engine in Data
	Area       string    // the deployment's own sub-district; empty: 本街道
	Areas      string    // further sub-districts of the record, between commas
	Listen     string    // host:port of the pages
	Samples    string    // folder of workbooks loaded on the first start; empty: none
	Rules      string    // JSON file with the office's own limits of the status rules; empty: the default ones
	Lang       text.Lang // language of what commands print

	Fonts charts.Fonts // of the briefing as a document

	SnapshotDir   string // folder into which briefings are written; empty: none are
	SnapshotDay   string // of the week, Mon to Sun
	SnapshotTime  string // 07:30 in the office's time zone
	SnapshotForms string // docx, pdf and xlsx, between commas; empty: all
	Backups       string // folder of the server's backups; empty: DATA/backups
	BackupAt      string // time of day of the scheduled backup, 02:30; off: none
	BackupKeep    int    // how many scheduled backups are kept

	EngineListen    string // host:port of the ClickHouse HTTP interface for tools; empty: none
	EngineTokenFile string // file that holds its token; else TAIZHANG_ENGINE_TOKEN

	LogFormat    string // text or json
	LogLevel     string // debug, info, warn or error
	MetricsToken string // asked of who reads /metrics; empty: this machine alone may

	Admin     string // account that is made the first administrator when there is none; empty: none
	Profile   string // what sign-in demands: default or dengbao
	Hosts     string // names and addresses people reach the pages by, beside this machine's own, between commas
	TLSCert   string // PEM files of the certificate and its key; both or none
	TLSKey    string
	Proxies   string         // addresses or networks of the proxies that are believed, between commas
	SSO       SSO            // the unit's sign-in service, beside passwords
	AuditDays int            // how long the audit is kept, 180 at least; 0: for good
	Hashing   access.Hashing // what one password costs

	Uploads     string        // folder of uploads that wait, emptied at the start; empty: a temporary one
	UploadLimit int64         // greatest size of an uploaded file, in bytes
	AskLimit    time.Duration // a page must be answered within
	LoadLimit   time.Duration // an upload, an import or a file that takes long must be carried out within

	ExportRows   int // greatest number of rows of one CSV or workbook
	ExportMiB    int // greatest size of one JSON, CSV or workbook, in MiB
	WarmPages    int // pages made anew after each change of the record before somebody asks for them; 0: none
	Interpreters int // charts drawn on the server at the same time; each holds 7 MiB once it has drawn, beside 14 MiB for all
}

// mostInterpreters is how many charts may be drawn at the same time at most.
const mostInterpreters = 64

// DefaultConfig is the configuration that starts the embedded engine in ./data without any setting.
func DefaultConfig() Config {
	return Config{
		Data: "data", Listen: "127.0.0.1:8080", Lang: text.Zh, Fonts: charts.OfficeFonts(), SnapshotDay: "Mon", SnapshotTime: "07:30",
		BackupAt: "02:30", BackupKeep: 14, LogFormat: "text", LogLevel: "info",
		UploadLimit: 50 << 20, AskLimit: time.Minute, LoadLimit: 15 * time.Minute,
		ExportRows: 2_000_000, ExportMiB: 256, Interpreters: 2, WarmPages: 40,
		Profile: access.DefaultProfile, Hashing: access.DefaultHashing, SSO: SSO{Claim: defaultClaim},
	}
}

// Validate refuses settings that the program cannot or must not run with.
func (c Config) Validate() error {
	if c.Data == "" && c.ClickHouse == "" {
		return ledger.Fail(ledger.Invalid, text.T("command.no_data"))
	}
	if c.UploadLimit <= 0 {
		return ledger.Fail(ledger.Invalid, text.T("command.bad_limit"))
	}
	if c.WarmPages < 0 || c.WarmPages > mostWarm {
		return ledger.Fail(ledger.Invalid, text.T("command.bad_warm", mostWarm))
	}
	if c.ExportRows <= 0 || c.ExportMiB <= 0 || c.Interpreters <= 0 || c.Interpreters > mostInterpreters {
		return ledger.Fail(ledger.Invalid, text.T("command.bad_exports", mostInterpreters))
	}
	if _, err := c.thresholds(); err != nil {
		return err
	}
	if _, err := c.snapshots(); err != nil {
		return err
	}
	if err := c.validateBackups(); err != nil {
		return err
	}
	if _, err := c.newLog(io.Discard); err != nil {
		return err
	}
	return c.validateAccess()
}

// AreaList are the sub-districts of Areas.
func (c Config) AreaList() []string {
	return listOf(c.Areas)
}

// listOf parts what stands between commas.
func listOf(s string) []string {
	var list []string
	for _, name := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",，、;；", r) }) {
		if name = strings.TrimSpace(name); name != "" {
			list = append(list, name)
		}
	}
	return list
}

// thresholds reads the office's own limits of the status rules.
func (c Config) thresholds() (analytics.Thresholds, error) {
	if c.Rules == "" {
		return analytics.DefaultThresholds(), nil
	}
	content, err := os.ReadFile(c.Rules)
	if err != nil {
		return analytics.Thresholds{}, &ledger.Error{Kind: ledger.Invalid, Message: text.T("rules.no_file", c.Rules), Cause: err}
	}
	return analytics.ReadThresholds(content)
}

// embedded gives the absolute folder of the embedded engine, empty with a ClickHouse server.
func (c Config) embedded() string {
	if c.ClickHouse != "" {
		return ""
	}
	dir, err := filepath.Abs(c.Data)
	if err != nil {
		return c.Data
	}
	return dir
}

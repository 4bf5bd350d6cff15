package server

import (
	"errors"
	"flag"
	"io"
	"os"
	"strings"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

var errHelp = errors.New("help was asked for")

// flags reads a command's words; settings not given there come from TAIZHANG_NAME.
type flags struct {
	*flag.FlagSet
	settings []string // flags that the environment may give
	lang     string
}

// newFlags declares the settings every command takes.
func newFlags(name string, cfg *Config) *flags {
	f := &flags{FlagSet: flag.NewFlagSet(name, flag.ContinueOnError)}
	f.SetOutput(io.Discard)
	f.setting(&cfg.Data, "data")
	f.setting(&cfg.ClickHouse, "clickhouse")
	f.setting(&cfg.Area, "area")
	f.setting(&cfg.Areas, "areas")
	f.setting(&cfg.Rules, "rules")
	f.StringVar(&f.lang, "lang", "", "")
	return f
}

// accessSettings declares who may reach the pages, and how.
func (f *flags) accessSettings(cfg *Config) {
	for name, target := range map[string]*string{"admin": &cfg.Admin, "profile": &cfg.Profile, "hosts": &cfg.Hosts, "tls-cert": &cfg.TLSCert,
		"tls-key": &cfg.TLSKey, "proxies": &cfg.Proxies} {
		f.setting(target, name)
	}
	f.IntVar(&cfg.AuditDays, "audit-days", cfg.AuditDays, "")
	f.settings = append(f.settings, "audit-days")
}

func (f *flags) setting(target *string, name string) {
	f.StringVar(target, name, *target, "")
	f.settings = append(f.settings, name)
}

// fonts declares the typefaces of documents.
func (f *flags) fonts(cfg *Config) {
	f.setting(&cfg.Fonts.Title, "font-title")
	f.setting(&cfg.Fonts.Body, "font-body")
	f.setting(&cfg.Fonts.Heading, "font-heading")
	f.setting(&cfg.Fonts.Subheading, "font-subheading")
}

// snapshots declares where and when briefings are kept.
func (f *flags) snapshots(cfg *Config) {
	f.setting(&cfg.SnapshotDir, "snapshot-dir")
	f.setting(&cfg.SnapshotDay, "snapshot-day")
	f.setting(&cfg.SnapshotTime, "snapshot-time")
	f.setting(&cfg.SnapshotForms, "snapshot-format")
}

// number declares a setting that is a whole number.
func (f *flags) number(target *int, name string) {
	f.IntVar(target, name, *target, "")
	f.settings = append(f.settings, name)
}

// parse reads flags and words in any order and gives the words.
func (f *flags) parse(cfg *Config, args []string) ([]string, error) {
	cfg.Lang = langOf(args)
	var words []string
	for rest := args; len(rest) > 0; {
		if err := f.Parse(rest); err != nil {
			return nil, usage(err)
		}
		read := len(rest) - f.NArg()
		if read > 0 && rest[read-1] == "--" {
			words = append(words, f.Args()...)
			break
		}
		rest = f.Args()
		if len(rest) > 0 {
			words, rest = append(words, rest[0]), rest[1:]
		}
	}
	given := map[string]bool{}
	f.Visit(func(one *flag.Flag) { given[one.Name] = true })
	for _, name := range f.settings {
		value, found := os.LookupEnv("TAIZHANG_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_")))
		if found && value != "" && !given[name] {
			if err := f.Set(name, value); err != nil {
				return nil, usage(err)
			}
		}
	}
	return words, nil
}

// usage puts the flag package's complaint into words of ours.
func usage(err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return errHelp
	}
	said := err.Error()
	for start, key := range map[string]string{
		"flag provided but not defined: ": "command.unknown_flag",
		"flag needs an argument: ":        "command.flag_needs_value",
	} {
		if name, found := strings.CutPrefix(said, start); found {
			return ledger.Fail(ledger.Invalid, text.T(key, strings.TrimLeft(name, "-")))
		}
	}
	return ledger.Fail(ledger.Invalid, text.T("command.bad_flag", said))
}

// parseDay reads a --asof; empty is none.
func parseDay(name, value string) (*time.Time, error) {
	if value == "" {
		return nil, nil
	}
	at, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return nil, ledger.Fail(ledger.Invalid, text.T("error.bad_date", name, value))
	}
	return &at, nil
}

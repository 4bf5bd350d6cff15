package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/testkit"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// patient is a machine on which all is well, to be harmed by a test.
func patient(t *testing.T) *doctor {
	t.Helper()
	l := testkit.Ledger(t)
	cfg := DefaultConfig()
	cfg.Data, cfg.Backups = t.TempDir(), t.TempDir()
	if err := os.MkdirAll(filepath.Join(cfg.Data, engineFolder), 0o700); err != nil {
		t.Fatal(err)
	}
	engine := over(l)
	engine.Connect = func(context.Context, Config) (driver.Conn, func() error, error) {
		return l.Conn(), func() error { return nil }, nil
	}
	p := Program{Engine: engine, Out: &bytes.Buffer{}, Err: &bytes.Buffer{}, Inspect: Inspector{
		Library:       func() (string, string, error) { return "/opt/libchdb.so", "26.7.3", nil },
		FolderVersion: func(string) string { return "26.7.3" },
		Newer:         func(a, b string) bool { return a > b },
		Free:          func(string) (uint64, error) { return 50 << 30, nil },
	}}
	return &doctor{p: p, cfg: cfg, now: time.Now(), look: func(name string) (string, error) { return "/usr/bin/" + name, nil }}
}

func (d *doctor) found(t *testing.T) map[string]finding {
	t.Helper()
	d.list = nil
	d.examine(t.Context())
	all := map[string]finding{}
	for _, one := range d.list {
		all[one.Name] = one
		if one.Found == "" || one.State != fine && one.Do == "" && one.Name != "disk_data" {
			t.Errorf("%+v says nothing, or not what to do", one)
		}
	}
	return all
}

func TestTheDoctorFindsWhatIsWrong(t *testing.T) {
	testkit.Unraced(t)
	nothing := func(string) (string, error) { return "", errors.New("not found") }
	for name, c := range map[string]struct {
		harm  func(*doctor)
		in    string
		state string
	}{
		"well": {func(*doctor) {}, "engine", fine},
		"no engine": {func(d *doctor) {
			d.p.Inspect.Library = func() (string, string, error) { return "", "", errors.New("gone") }
		}, "engine", broken},
		"older engine":                   {func(d *doctor) { d.p.Inspect.FolderVersion = func(string) string { return "27.1" } }, "engine", broken},
		"disk full":                      {func(d *doctor) { d.p.Inspect.Free = func(string) (uint64, error) { return 1 << 20, nil } }, "disk_data", broken},
		"disk filling":                   {func(d *doctor) { d.p.Inspect.Free = func(string) (uint64, error) { return 1 << 30, nil } }, "disk_temp", worth},
		"held":                           {func(d *doctor) { d.p.Engine.Holder = func(string) (string, bool) { return "/run/x.sock", true } }, "record", fine},
		"broken restore":                 {func(d *doctor) { _ = os.Mkdir(filepath.Join(d.cfg.Data, restoringPrefix+"1"), 0o700) }, "folder", worth},
		"no data":                        {func(d *doctor) { d.cfg.Data = filepath.Join(d.cfg.Data, "later") }, "record", fine},
		"no backup":                      {func(*doctor) {}, "backups", worth},
		"clock back":                     {func(d *doctor) { lock(d); d.now = d.now.Add(-48 * time.Hour) }, "clock", broken},
		"no sign-in service":             {func(d *doctor) { ssoOf(t, d, "http://127.0.0.1:1") }, "sso", worth},
		"a sign-in service in the clear": {func(d *doctor) { ssoOf(t, d, "http://id.example") }, "sso", broken},
		"a sign-in service": {func(d *doctor) {
			p := testkit.KeptProvider(t, []string{ownTested + ssoBack}, []string{ownTested + "/sign-in"})
			ssoOf(t, d, p.Issuer)
		}, "sso", fine},
		"no rsvg":  {func(d *doctor) { d.look = nothing }, "pictures", worth},
		"no fonts": {func(d *doctor) { d.look = nothing }, "fonts", worth},
		"database down": {func(d *doctor) {
			d.p.Engine.Connect = func(context.Context, Config) (driver.Conn, func() error, error) {
				return nil, nil, errors.New("down")
			}
		}, "record", broken},
		"record ahead": {func(d *doctor) {
			_ = d.conn().Exec(context.Background(), "INSERT INTO batches (batch, event, at) VALUES (1, 'open', now64(3) + INTERVAL 3 DAY)")
		}, "record", worth},
		"newer record": {func(d *doctor) {
			_ = d.conn().Exec(context.Background(), "INSERT INTO schema_versions VALUES (999, now64(3))")
		}, "record", broken},
	} {
		t.Run(name, func(t *testing.T) {
			d := patient(t)
			c.harm(d)
			if got := d.found(t)[c.in]; got.State != c.state {
				t.Errorf("%+v, want %s", got, c.state)
			}
		})
	}
}

// ssoOf sets a sign-in service up that need not answer.
func ssoOf(t *testing.T, d *doctor, issuer string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("a secret of some length"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.cfg.SSO = SSO{Issuer: issuer, Client: "taizhang", SecretFile: file, Claim: defaultClaim}
}

func (d *doctor) conn() driver.Conn {
	conn, _, _ := d.p.Engine.Connect(context.Background(), d.cfg)
	return conn
}

func lock(d *doctor) { _ = os.WriteFile(filepath.Join(d.cfg.Data, "taizhang.lock"), nil, 0o600) }

func TestTheDoctorSpeaksToMachines(t *testing.T) {
	d := patient(t)
	var out bytes.Buffer
	d.p.Out = &out
	if code := d.p.Run(t.Context(), []string{"doctor", "--json", "--data", d.cfg.Data, "--lang", "en"}); code != exitDone {
		t.Errorf("exit %d: %s", code, out.String())
	}
	var told struct {
		OK       bool
		Findings []finding
	}
	if err := json.Unmarshal(out.Bytes(), &told); err != nil || !told.OK || len(told.Findings) < 10 {
		t.Errorf("%v %s", err, out.String())
	}
	out.Reset()
	d.p.Inspect.Library = func() (string, string, error) {
		return "", "", ledger.Fail(ledger.Internal, text.T("error.internal"))
	}
	if code := d.p.Run(t.Context(), []string{"doctor", "--data", d.cfg.Data, "--lang", "en"}); code != exitWrong || !bytes.Contains(out.Bytes(), []byte("[fail] Database engine")) {
		t.Errorf("exit %d: %s", code, out.String())
	}
}

package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// add loads some rows of tax under a content of their own.
func add(l *ledger.Ledger, content string, rows int) (ledger.Batch, error) {
	d := ledger.Tax
	return l.Load(context.Background(), ledger.Load{Kind: "import", By: "测试", Mode: "all",
		File:     file(content),
		Datasets: []*ledger.Dataset{d},
		Sources:  []ledger.Source{{Dataset: d.Name, Fields: []string{"tax_yuan"}, Columns: []string{"C"}}},
		Each: func(put func(*ledger.Dataset, ledger.Row) error) error {
			for i := range rows {
				values := make([]any, len(d.Fields))
				values[d.Index("tax_yuan")] = decimal.New(int64(i), -2)
				day := time.Date(2016, 6, 3, 0, 0, 0, 0, time.UTC)
				if err := put(d, ledger.Row{Values: values, Effective: day, Marks: map[string]string{"tax_yuan": "约"}}); err != nil {
					return err
				}
			}
			return nil
		}})
}

func file(content string) ledger.File {
	body := []byte(strings.Repeat(content, 1000))
	sum := sha256.Sum256(body)
	return ledger.File{Name: content + ".csv", Hash: hex.EncodeToString(sum[:]), Content: body}
}

// fill is three batches, one undone, and one that came to nothing after it had written rows.
func fill(l *ledger.Ledger) error {
	if _, err := add(l, "一月", 20_000); err != nil {
		return err
	}
	second, err := add(l, "二月", 30)
	if err != nil {
		return err
	}
	if err := l.Undo(context.Background(), second.ID, "测试", "重复"); err != nil {
		return err
	}
	broken := errors.New("broken off")
	_, err = l.Load(context.Background(), ledger.Load{Kind: "import", By: "测试", Datasets: []*ledger.Dataset{ledger.Tax}, File: ledger.File{Name: "x", Hash: "x"},
		Sources: []ledger.Source{{Dataset: "tax", Fields: []string{}, Columns: []string{}}},
		Each: func(put func(*ledger.Dataset, ledger.Row) error) error {
			for range 40_000 {
				if err := put(ledger.Tax, ledger.Row{Values: make([]any, len(ledger.Tax.Fields)), Effective: testkit.Now}); err != nil {
					return err
				}
			}
			return broken
		}})
	if !errors.Is(err, broken) {
		return fmt.Errorf("the broken load ended with %w", err)
	}
	_, err = add(l, "三月", 5)
	return err
}

func filled(t *testing.T) *ledger.Ledger {
	t.Helper()
	l := testkit.Ledger(t)
	if err := fill(l); err != nil {
		t.Fatal(err)
	}
	return l
}

func take(t *testing.T, conn driver.Conn, o Options) (string, Manifest) {
	t.Helper()
	path, m, err := Take(t.Context(), conn, t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	return path, m
}

// visible is what readers see: the history, and what the rows of tax add up to.
func visible(t *testing.T, l *ledger.Ledger) string {
	t.Helper()
	history, err := l.History(t.Context(), testkit.Now.AddDate(50, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	clock, err := l.Clock(t.Context(), "2016-07-01", "")
	if err != nil {
		t.Fatal(err)
	}
	n, sum := 0, decimal.Zero
	if err := l.Rows(t.Context(), ledger.Tax, clock, func(r ledger.Record) error {
		n++
		sum = sum.Add(decimal.RequireFromString(ledger.Plain(r.Values[ledger.Tax.Index("tax_yuan")])))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	file, err := l.Content(t.Context(), history[0])
	if err != nil {
		t.Fatal(err)
	}
	told, _ := json.Marshal(history)
	return fmt.Sprintf("%d rows, %s yuan, %d bytes of %s\n%s", n, sum, len(file), history[0].File, told)
}

func counts(m Manifest) map[string]Content {
	all := map[string]Content{}
	for _, t := range m.Tables {
		all[t.Name] = t.Content
	}
	return all
}

// elsewhere is a connection that does not say it is the engine in this process: rows are read and written one by one, as with a server.
type elsewhere struct{ driver.Conn }

func (elsewhere) ServerVersion() (*driver.ServerVersion, error) {
	return &driver.ServerVersion{DisplayName: "server"}, nil
}

func TestABackupBringsTheRecordBack(t *testing.T) {
	testkit.Unraced(t)
	l := filled(t)
	want := visible(t, l)
	for name, through := range map[string]func(driver.Conn) driver.Conn{
		"blocks": func(c driver.Conn) driver.Conn { return c }, "rows": func(c driver.Conn) driver.Conn { return elsewhere{c} }} {
		t.Run(name, func(t *testing.T) {
			path, m := take(t, through(l.Conn()), Options{Program: "test"})
			if checked, err := Check(path); err != nil || checked.Batches != 3 || checked.Schema != ledger.SchemaVersion() {
				t.Fatal(checked, err)
			}
			if got := counts(m)["tax"].Rows; got != 20_035 {
				t.Errorf("%d rows of tax; those of the broken load must stay behind", got)
			}
			conn := testkit.Conn(t)
			if err := Restore(t.Context(), through(conn), path, m, nil); err != nil {
				t.Fatal(err)
			}
			again, err := ledger.New(t.Context(), conn, ledger.Options{Now: l.Now})
			if err != nil {
				t.Fatal(err)
			}
			if got := visible(t, again); got != want {
				t.Errorf("restored:\n%s\nwas:\n%s", got, want)
			}
			// A backup of what was brought back holds the same, but for the version that opening it wrote once more.
			_, second := take(t, conn, Options{})
			a, b := counts(m), counts(second)
			delete(a, "schema_versions")
			delete(b, "schema_versions")
			if !maps.Equal(a, b) || len(a) < 30 {
				t.Errorf("%v\n%v", a, b)
			}
			// The next import takes a number of its own and shows its rows alone.
			if _, err := add(again, "四月", 3); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestABackupIsOfOneMoment commits a batch while the tables are being written: it is not in the backup, nor are its rows.
func TestABackupIsOfOneMoment(t *testing.T) {
	l := filled(t)
	path, m, err := Take(t.Context(), l.Conn(), t.TempDir(), Options{Step: func(step string) {
		if step == "rates" || step == "tax" {
			if _, err := add(l, "挤进来"+step, 7); err != nil {
				t.Error(err)
			}
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if got := counts(m); m.Batches != 3 || got["tax"].Rows != 20_035 || got["files"].Rows != 3 {
		t.Errorf("%d batches, %v", m.Batches, got)
	}
	conn := testkit.Conn(t)
	if err := Restore(t.Context(), conn, path, m, nil); err != nil {
		t.Fatal(err)
	}
}

func TestADamagedBackupIsRefusedByItsFile(t *testing.T) {
	testkit.Unraced(t)
	path, m := take(t, filled(t).Conn(), Options{})
	files := []string{manifestName, sumsName}
	for _, one := range m.Tables {
		if one.File != "" {
			files = append(files, one.File)
		}
	}
	if len(files) < 6 {
		t.Fatal(files)
	}
	for _, name := range files {
		for how, harm := range map[string]func(string, []byte) error{
			"flipped": func(at string, body []byte) error {
				body[len(body)/2] ^= 1
				return os.WriteFile(at, body, 0o600)
			},
			"cut":  func(at string, body []byte) error { return os.Truncate(at, int64(len(body)-1)) },
			"gone": func(at string, _ []byte) error { return os.Remove(at) },
		} {
			t.Run(name+" "+how, func(t *testing.T) {
				at := filepath.Join(path, name)
				body, err := os.ReadFile(at)
				if err != nil {
					t.Fatal(err)
				}
				defer os.WriteFile(at, slices.Clone(body), 0o600)
				if err := harm(at, slices.Clone(body)); err != nil {
					t.Fatal(err)
				}
				_, err = Check(path)
				e := (*ledger.Error)(nil)
				if !errors.As(err, &e) || e.Kind != ledger.Refused {
					t.Fatalf("it passed, or: %v", err)
				}
				// A flipped bit of the sums names the file whose sum it was.
				if said := e.Message.In("zh"); name != sumsName && !strings.Contains(said, name) {
					t.Errorf("%q does not name the file", said)
				}
			})
		}
	}
	if _, err := Check(path); err != nil {
		t.Error("mended, and still:", err)
	}
}

func TestANewerBackupIsRefused(t *testing.T) {
	testkit.Unraced(t)
	for name, newer := range map[string]func(*Manifest){"schema": func(m *Manifest) { m.Schema++ }, "format": func(m *Manifest) { m.Format++ }} {
		t.Run(name, func(t *testing.T) {
			path, m := take(t, testkit.Ledger(t).Conn(), Options{Program: "v9.9.9"})
			newer(&m)
			for _, file := range []string{manifestName} {
				if err := os.Remove(filepath.Join(path, file)); err != nil {
					t.Fatal(err)
				}
			}
			if err := m.write(path); err != nil {
				t.Fatal(err)
			}
			sum, _, _ := sumOf(filepath.Join(path, manifestName))
			sums, _ := os.ReadFile(filepath.Join(path, sumsName))
			if err := os.WriteFile(filepath.Join(path, sumsName), append(sums, sum+"  "+manifestName+"\n"...), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Check(path)
			if e := ledger.AsError(err); err == nil || e.Kind != ledger.Refused || !strings.Contains(e.Message.In("en"), "v9.9.9") {
				t.Error(err)
			}
		})
	}
}

func TestARestoreWantsAnEmptyDatabase(t *testing.T) {
	testkit.Unraced(t)
	path, m := take(t, filled(t).Conn(), Options{})
	other := testkit.Ledger(t)
	if _, err := add(other, "别的", 1); err != nil {
		t.Fatal(err)
	}
	if e := ledger.AsError(Restore(t.Context(), other.Conn(), path, m, nil)); e.Kind != ledger.Refused {
		t.Fatal(e)
	}
	if visible(t, other) == "" {
		t.Error("the refused record was changed")
	}
	// Rows that differ from the manifest are told, and the record is not opened.
	for i := range m.Tables {
		if m.Tables[i].Name == "tax" {
			m.Tables[i].Hash = "0"
		}
	}
	conn := testkit.Conn(t)
	if e := ledger.AsError(Restore(t.Context(), conn, path, m, nil)); e.Message.Key != "backup.differs" {
		t.Fatal(e)
	}
	if _, err := ledger.New(t.Context(), conn, ledger.Options{}); err == nil {
		t.Error("a half-restored record was opened")
	}
}

func TestACopyIsTheSame(t *testing.T) {
	testkit.Unraced(t)
	l := filled(t)
	for name, through := range map[string]func(driver.Conn) driver.Conn{
		"blocks": func(c driver.Conn) driver.Conn { return c }, "rows": func(c driver.Conn) driver.Conn { return elsewhere{c} }} {
		t.Run(name, func(t *testing.T) {
			conn := testkit.Conn(t)
			told := map[string]Content{}
			if err := Copy(t.Context(), l.Conn(), through(conn), func(one Compared) { told[one.Name] = one.Content }); err != nil {
				t.Fatal(err)
			}
			if told["tax"].Rows != 20_035 || told["files"].Rows != 3 {
				t.Error(told)
			}
			again, err := ledger.New(t.Context(), conn, ledger.Options{Now: l.Now})
			if err != nil {
				t.Fatal(err)
			}
			if got, want := visible(t, again), visible(t, l); got != want {
				t.Errorf("%s\n%s", got, want)
			}
		})
	}
}

func TestOnlyScheduledBackupsAreThrownAway(t *testing.T) {
	testkit.Unraced(t)
	l, dir := testkit.Ledger(t), t.TempDir()
	for i, kind := range []string{Asked, Scheduled, Scheduled, Asked, Scheduled} {
		if _, _, err := Take(t.Context(), l.Conn(), dir, Options{Kind: kind, Now: testkit.Now.AddDate(0, 0, i)}); err != nil {
			t.Fatal(err)
		}
	}
	left := filepath.Join(dir, partialPrefix+"old")
	fresh := filepath.Join(dir, partialPrefix+"new")
	for _, one := range []string{left, fresh} {
		if err := os.Mkdir(one, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(left, testkit.Now, testkit.Now.AddDate(0, 0, -3)); err != nil {
		t.Fatal(err)
	}
	if err := Prune(dir, 2, time.Now()); err != nil {
		t.Fatal(err)
	}
	list, err := List(dir)
	if err != nil {
		t.Fatal(err)
	}
	kinds := ""
	for _, one := range list {
		kinds += one.TakenAt.Format("02") + one.Kind[:1] + " "
	}
	if kinds != "08s 07a 06s 04a " {
		t.Error(kinds)
	}
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Error("what a broken-off backup left is still there")
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Error("a backup that may be under way was thrown away")
	}
	if newest, err := Resolve(dir); err != nil || newest != list[0].Path {
		t.Error(newest, err)
	}
	if _, err := Resolve(t.TempDir()); ledger.AsError(err).Kind != ledger.NotFound {
		t.Error(err)
	}
}

// TestAKilledBackupLooksLikeNone kills it at a table, before the manifest and before the rename.
func TestAKilledBackupLooksLikeNone(t *testing.T) {
	testkit.Unraced(t)
	if os.Getenv("TAIZHANG_TEST_CLICKHOUSE") != "" {
		t.Skip("the folder belongs to the embedded engine")
	}
	data, dir := t.TempDir(), t.TempDir()
	if err := child(t, "fill", "", data).Run(); err != nil {
		t.Fatal(err)
	}
	for _, step := range []string{"tax", "manifest", "rename"} {
		dies(t, child(t, "take", step, data, dir))
		if list, err := List(dir); err != nil || len(list) != 0 {
			t.Errorf("after a kill at %s: %v %v", step, list, err)
		}
		if _, err := Resolve(dir); ledger.AsError(err).Kind != ledger.NotFound {
			t.Errorf("after a kill at %s: %v", step, err)
		}
		time.Sleep(time.Second) // names are of a second
	}
	if err := child(t, "take", "", data, dir).Run(); err != nil {
		t.Fatal("no backup after the kills:", err)
	}
	path, err := Resolve(dir)
	if err != nil {
		t.Fatal(err)
	}
	// A restore that is killed leaves a database that is not opened, and the next one goes through.
	target := t.TempDir()
	for _, step := range []string{"tax", "batches", "end"} {
		dies(t, child(t, "restore", step, target, path))
		if said, err := child(t, "look", "", target).Output(); err != nil || string(said) != "error.unfinished_restore" {
			t.Errorf("after a kill at %s: %q %v", step, said, err)
		}
	}
	if err := child(t, "restore", "", target, path).Run(); err != nil {
		t.Fatal(err)
	}
}

// TestAnOlderBackupIsUpgraded takes one of a record as an earlier program left it, and brings it back with this one.
func TestAnOlderBackupIsUpgraded(t *testing.T) {
	testkit.Unraced(t)
	script, err := os.ReadFile(filepath.Join("..", "testdata", "schema_v2.sql"))
	if err != nil {
		t.Fatal(err)
	}
	old := testkit.Conn(t)
	for _, statement := range strings.Split(strings.TrimSpace(string(script)), ";\n") {
		if err := old.Exec(t.Context(), strings.TrimSuffix(statement, ";")); err != nil {
			t.Fatalf("%.80s: %v", statement, err)
		}
	}
	path, m := take(t, old, Options{Program: "old"})
	if m.Schema != 2 {
		t.Fatal(m.Schema)
	}
	if _, err := Check(path); err != nil {
		t.Fatal(err)
	}
	conn := testkit.Conn(t)
	if err := Restore(t.Context(), conn, path, m, nil); err != nil {
		t.Fatal(err)
	}
	l, err := ledger.New(t.Context(), conn, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	history, err := l.History(t.Context(), testkit.Now.AddDate(50, 0, 0))
	if err != nil || uint64(len(history)) != m.Batches || m.Batches < 4 {
		t.Errorf("%d batches, %v", len(history), err)
	}
	if version, _, err := ledger.Inspect(t.Context(), conn); err != nil || version != ledger.SchemaVersion() {
		t.Errorf("%d, %v", version, err)
	}
}

// TestATableWithoutBatchesIsTakenWhole adds rows to one, as an audit does with every request, before and while it is written.
func TestATableWithoutBatchesIsTakenWhole(t *testing.T) {
	l := testkit.Ledger(t)
	conn := l.Conn()
	for _, sql := range []string{"CREATE TABLE logbook (at DateTime64(3, 'UTC'), what String) ENGINE = MergeTree ORDER BY at",
		"CREATE TABLE plain (what String) ENGINE = MergeTree ORDER BY what", "INSERT INTO plain VALUES ('a')",
		// One of a day that is still to come: the clock was set back since.
		"INSERT INTO logbook VALUES (now64(3) + INTERVAL 9 DAY, 'before')"} {
		if err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	changes := 0
	path, m, err := Take(t.Context(), conn, t.TempDir(), Options{Step: func(step string) {
		if step == "logbook" || step == "plain" {
			changes++
			for _, sql := range []string{"INSERT INTO logbook VALUES (now64(3) + INTERVAL 10 DAY, 'meanwhile')", "INSERT INTO plain VALUES ('meanwhile')"} {
				if err := conn.Exec(context.Background(), sql); err != nil {
					t.Error(err)
				}
			}
		}
	}})
	if err != nil || changes != 2 {
		t.Fatal(changes, err)
	}
	if got := counts(m); got["logbook"].Rows != 1 || got["plain"].Rows != 3 {
		t.Errorf("logbook %d, plain %d", got["logbook"].Rows, got["plain"].Rows)
	}
	if _, kept := counts(m)[ledger.SessionsTable]; kept {
		t.Error("sign-ins are in the backup: bringing it back would sign people in again")
	}
	if err := Restore(t.Context(), testkit.Conn(t), path, m, nil); err != nil {
		t.Fatal(err)
	}
}

// TestPhotosAreInTheBackup keeps what a form attached with the record: a photo is there again after a restore and a copy.
func TestPhotosAreInTheBackup(t *testing.T) {
	l := testkit.Ledger(t)
	photo := ledger.AttachFile([]byte(strings.Repeat("照片", 1000)))
	number := ledger.Change{Value: "1", Raw: "1"}
	day := time.Date(2016, 6, 27, 0, 0, 0, 0, time.UTC)
	if _, err := l.Save(t.Context(), ledger.Save{By: "巡查员", Attached: []ledger.File{photo}, Entries: []ledger.Entry{{Dataset: ledger.Patrols,
		Changes: map[string]ledger.Change{"number": number, "grid": {Value: "一网格"}, "day": {Value: ledger.Day{From: day, To: day}},
			"photos_before": {Value: photo.Hash}}}}}); err != nil {
		t.Fatal(err)
	}
	path, m := take(t, l.Conn(), Options{})
	restored, copied := testkit.Conn(t), testkit.Conn(t)
	if err := Restore(t.Context(), restored, path, m, nil); err != nil {
		t.Fatal(err)
	}
	if err := Copy(t.Context(), l.Conn(), copied, func(Compared) {}); err != nil {
		t.Fatal(err)
	}
	for name, conn := range map[string]driver.Conn{"restored": restored, "copied": copied} {
		again, err := ledger.New(t.Context(), conn, ledger.Options{Now: l.Now})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := again.Attachment(t.Context(), photo.Hash); err != nil || string(got) != string(photo.Content) {
			t.Error(name, err, len(got))
		}
	}
}

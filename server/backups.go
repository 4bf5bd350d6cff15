package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
	"taizhang/ledger/backup"
)

// backing is held by the backup or the verification under way: they share the disk, and the one scratch database.
var backing sync.Mutex

// backupWish is what is asked of a backup; a command sends it to the process that holds the folder.
type backupWish struct {
	Dir    string               `json:"dir"`
	Verify bool                 `json:"verify,omitempty"`
	Kind   string               `json:"kind,omitempty"`
	Check  bool                 `json:"check,omitempty"` // take none: verify the one that Dir is
	Rules  analytics.Thresholds `json:"rules"`
	// Data and ClickHouse say where the scratch database is made.
	Data       string `json:"data,omitempty"`
	ClickHouse string `json:"clickhouse,omitempty"`
}

func (c Config) backupWish(dir string) (backupWish, error) {
	rules, err := c.thresholds()
	return backupWish{Dir: dir, Rules: rules, Data: c.embedded(), ClickHouse: c.ClickHouse}, err
}

// verdict is what came of bringing a backup back beside the record. It is kept in the backup's folder.
type verdict struct {
	At      time.Time `json:"at"`
	Program string    `json:"program"`
	Tables  int       `json:"tables"`
	Rows    uint64    `json:"rows"`
	Answers int       `json:"answers"` // dashboards whose figures were the same; 0 when another program's cannot be compared
	Trouble *told     `json:"trouble,omitempty"`
}

const verdictName = "verified.json"

// verdictOf reads what is known of a backup; nil when it was never verified.
func verdictOf(path string) *verdict {
	body, err := os.ReadFile(filepath.Join(path, verdictName))
	if err != nil {
		return nil
	}
	var v verdict
	if json.Unmarshal(body, &v) != nil {
		return nil
	}
	return &v
}

// take makes a backup, and verifies it when that is wanted.
func (w backupWish) take(ctx context.Context, l *ledger.Ledger, engine Engine) (backup.Found, *verdict, error) {
	if !backing.TryLock() {
		return backup.Found{}, nil, ledger.Fail(ledger.Conflict, text.T("backup.busy"))
	}
	defer backing.Unlock()
	path, m, err := backup.Take(ctx, l.Conn(), w.Dir, backup.Options{Program: Version(), Kind: w.Kind, Now: l.Now(),
		Answers: func(ctx context.Context, moment time.Time) (*backup.Answers, error) {
			areas, err := l.Areas(ctx)
			if err != nil {
				return nil, err
			}
			return w.dashboards(ctx, l, backup.Answers{Areas: areas}, moment)
		}})
	found := backup.Found{Path: path, Manifest: m}
	if err != nil || !w.Verify {
		return found, nil, err
	}
	v, err := w.verify(ctx, l, engine, path)
	return found, v, err
}

// check verifies a backup that is there.
func (w backupWish) check(ctx context.Context, l *ledger.Ledger, engine Engine) (backup.Found, *verdict, error) {
	if !backing.TryLock() {
		return backup.Found{}, nil, ledger.Fail(ledger.Conflict, text.T("backup.busy"))
	}
	defer backing.Unlock()
	path, err := backup.Resolve(w.Dir)
	if err != nil {
		return backup.Found{}, nil, err
	}
	v, err := w.verify(ctx, l, engine, path)
	found := backup.Found{Path: path}
	if v != nil {
		list, _ := backup.List(filepath.Dir(path))
		for _, one := range list {
			if one.Path == path {
				found = one
			}
		}
	}
	return found, v, err
}

// verify brings a backup back into a scratch database and compares what the dashboards say there with what they said.
func (w backupWish) verify(ctx context.Context, l *ledger.Ledger, engine Engine, path string) (*verdict, error) {
	v := &verdict{At: l.Now().UTC().Truncate(time.Second), Program: Version()}
	err := w.tryOut(ctx, l, engine, path, v)
	if ctx.Err() != nil {
		return nil, ctx.Err() // nothing is known of it
	}
	if err != nil {
		err = engine.explain(err)
		v.Trouble = &told{Zh: sentence(text.Zh, err), En: sentence(text.En, err)}
	}
	body, _ := json.Marshal(v)
	if writing := os.WriteFile(filepath.Join(path, verdictName), append(body, '\n'), 0o600); err == nil {
		err = writing
	}
	return v, err
}

func (w backupWish) tryOut(ctx context.Context, l *ledger.Ledger, engine Engine, path string, v *verdict) (err error) {
	m, err := backup.Check(path)
	if err != nil {
		return err
	}
	if err := w.roomBeside(ctx, l); err != nil {
		return err
	}
	conn, drop, err := engine.Scratch(ctx, Config{Data: w.Data, ClickHouse: w.ClickHouse})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, drop()) }()
	if err := backup.Restore(ctx, conn, path, m, nil); err != nil {
		return err
	}
	v.Tables, v.Rows = len(m.Tables), m.Rows
	v.Answers, err = w.sameAnswers(ctx, conn, m, ledger.Options{Area: l.Own(), Now: l.Now, Alone: true})
	return err
}

// roomLeft is what a verification leaves free for those who work meanwhile.
const roomLeft = 256 << 20

// roomBeside refuses to bring a backup back beside a record where both do not fit: a full disk would stop the imports.
func (w backupWish) roomBeside(ctx context.Context, l *ledger.Ledger) error {
	if w.Data == "" {
		return nil // a server's disk is not seen from here
	}
	var needs uint64
	if err := l.Conn().QueryRow(ctx, "SELECT sum(bytes_on_disk) FROM system.parts WHERE database = currentDatabase() AND active").Scan(&needs); err != nil {
		return err
	}
	free, err := freeBytes(w.Data)
	if err != nil {
		return err
	}
	if free < needs+roomLeft {
		return ledger.Fail(ledger.Refused, text.T("backup.no_room", megabytes(int64(needs+roomLeft)), megabytes(int64(free))))
	}
	return nil
}

// sameAnswers opens a restored record, counts the dashboards that say what the manifest keeps of them, and refuses the first that
// says something else.
func (w backupWish) sameAnswers(ctx context.Context, conn driver.Conn, m backup.Manifest, o ledger.Options) (int, error) {
	if m.Answers != nil && len(m.Answers.Areas) > 0 {
		o.Area, o.Areas = m.Answers.Areas[0], m.Answers.Areas[1:]
	}
	l, err := ledger.New(ctx, conn, o)
	if err != nil || m.Answers == nil || m.Program != Version() {
		return 0, err // of another program figures may be defined otherwise
	}
	now, err := w.dashboards(ctx, l, *m.Answers, m.Moment)
	if err != nil {
		return 0, err
	}
	for name, hash := range m.Answers.Hashes {
		if now.Hashes[name] != hash {
			return 0, ledger.Fail(ledger.Refused, text.T("backup.answer_differs", name))
		}
	}
	return len(m.Answers.Hashes), nil
}

// dashboards hashes what every dashboard answers for every sub-district at a moment; without a day all stand where the own's pages stand now.
func (w backupWish) dashboards(ctx context.Context, l *ledger.Ledger, of backup.Answers, moment time.Time) (*backup.Answers, error) {
	of.Hashes = map[string]string{}
	asks := analytics.New(l).With(w.Rules)
	if of.Day == "" {
		clock, err := l.Clock(ctx, "", moment.Format(time.RFC3339Nano))
		if err != nil {
			return nil, err
		}
		of.Day = clock.Asof.Format(time.DateOnly)
	}
	for _, area := range of.Areas {
		q, err := ask(ctx, l.In(area), asked{Asof: of.Day, Known: moment.Format(time.RFC3339Nano)})
		if err != nil {
			return nil, err
		}
		for _, r := range analytics.Reports() {
			if r.Keyed {
				continue
			}
			answer, err := asks.Report(ctx, r.Name, q, "")
			if err := hashInto(of.Hashes, area+"/"+r.Name, answer, err); err != nil {
				return nil, err
			}
		}
		alerts, err := asks.Alerts(ctx, q)
		if err := hashInto(of.Hashes, area+"/alerts", alerts, err); err != nil {
			return nil, err
		}
		actions, err := asks.Actions(ctx, analytics.ActionsQuestion{Question: q})
		if err := hashInto(of.Hashes, area+"/actions", actions, err); err != nil {
			return nil, err
		}
	}
	return &of, nil
}

// hashInto keeps the hash of an answer. That a dashboard has nothing to say, such as no meeting yet, is an answer too.
func hashInto(hashes map[string]string, name string, answer any, err error) error {
	if e := (*ledger.Error)(nil); errors.As(err, &e) && e.Kind != ledger.Internal {
		answer, err = e.Message.In(text.En), nil
	}
	if err != nil {
		return err
	}
	body, err := json.Marshal(answer)
	sum := sha256.Sum256(body)
	hashes[name] = hex.EncodeToString(sum[:16])
	return err
}

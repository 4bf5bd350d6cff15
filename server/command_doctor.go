package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"taizhang/charts"
	"taizhang/internal/text"
	"taizhang/ledger"
	"taizhang/ledger/backup"
)

// How a thing is that the doctor looked at: as it should be, worth mending, in the way.
const (
	fine    = "ok"
	worth   = "warn"
	broken  = "fail"
	leastOK = 2 << 30 // free bytes from which on a disk is no trouble
	leastGo = 256 << 20
)

// Inspector tells the doctor of the engine's files; main fills it in.
type Inspector struct {
	Library       func() (path, version string, err error)
	FolderVersion func(dir string) string
	Newer         func(a, b string) bool
	Free          func(dir string) (uint64, error)
}

// finding is one thing the doctor looked at.
type finding struct {
	Name  string `json:"name"`
	State string `json:"state"`
	Found string `json:"found"`
	Do    string `json:"do,omitempty"`
}

// doctor looks at everything the program stands on.
type doctor struct {
	p    Program
	cfg  Config
	now  time.Time
	look func(name string) (string, error) // exec.LookPath
	list []finding
}

func (p Program) doctor(ctx context.Context, args []string) (int, error) {
	cfg := DefaultConfig()
	f := newFlags("doctor", &cfg)
	f.backupSettings(&cfg)
	f.accessSettings(&cfg)
	f.ssoSettings(&cfg)
	f.setting(&cfg.Listen, "listen")
	asJSON := f.Bool("json", false, "")
	words, err := f.parse(&cfg, args)
	if err == nil && len(words) > 0 {
		err = ledger.Fail(ledger.Invalid, text.T("command.too_many_words", words[0]))
	}
	if err != nil {
		return exitWrong, err
	}
	d := &doctor{p: p, cfg: cfg, now: time.Now(), look: exec.LookPath}
	d.examine(ctx)
	code := exitDone
	for _, one := range d.list {
		if one.State == broken {
			code = exitWrong
		}
	}
	if *asJSON {
		return code, json.NewEncoder(p.Out).Encode(struct {
			OK       bool      `json:"ok"`
			Findings []finding `json:"findings"`
		}{code == exitDone, d.list})
	}
	for _, one := range d.list {
		fmt.Fprintf(p.Out, "%s %s: %s\n", text.T("doctor.state."+one.State).In(cfg.Lang), text.T("doctor.name."+one.Name).In(cfg.Lang), one.Found)
		if one.Do != "" {
			fmt.Fprintf(p.Out, "    → %s\n", one.Do)
		}
	}
	return code, nil
}

func (d *doctor) add(name, state string, found text.Message, do text.Message) {
	one := finding{Name: name, State: state, Found: found.In(d.cfg.Lang)}
	if !do.IsZero() {
		one.Do = do.In(d.cfg.Lang)
	}
	d.list = append(d.list, one)
}

func (d *doctor) examine(ctx context.Context) {
	d.add("version", fine, text.T("doctor.version", Version(), ledger.SchemaVersion()), text.Message{})
	if d.cfg.ClickHouse == "" {
		d.folder()
		d.disk("data", d.cfg.embedded())
	}
	if d.cfg.ClickHouse != "" || d.engine() {
		d.record(ctx)
	}
	d.disk("temp", os.TempDir())
	d.backups()
	d.clock()
	d.signOn(ctx)
	d.pictures(ctx)
	d.add("libreoffice", fine, text.T("doctor.libreoffice"), text.Message{})
}

// engine asks for the embedded engine; without it the record cannot be asked.
func (d *doctor) engine() bool {
	path, version, err := d.p.Inspect.Library()
	if err != nil {
		d.add("engine", broken, text.T("doctor.said", sentence(d.cfg.Lang, d.p.Engine.explain(err))), text.T("doctor.engine.do"))
		return false
	}
	if wrote := d.p.Inspect.FolderVersion(d.cfg.embedded()); d.p.Inspect.Newer(wrote, version) {
		d.add("engine", broken, text.T("doctor.engine.older", version, wrote), text.T("doctor.engine.older.do"))
		return false
	}
	d.add("engine", fine, text.T("doctor.engine", version, path), text.Message{})
	return true
}

// folder asks whether the data folder can be written and who has it.
func (d *doctor) folder() {
	dir := d.cfg.embedded()
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		d.add("folder", fine, text.T("doctor.folder.new", dir), text.Message{})
		return
	}
	probe, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		d.add("folder", broken, text.T("doctor.folder.closed", dir), text.T("doctor.folder.do"))
		return
	}
	probe.Close()
	_ = os.Remove(probe.Name())
	if left, _ := filepath.Glob(filepath.Join(dir, restoringPrefix+"*")); len(left) > 0 {
		d.add("folder", worth, text.T("doctor.folder.left", left[0]), text.T("doctor.folder.left.do"))
		return
	}
	if socket, held := d.p.Engine.Holder(dir); held {
		d.add("folder", fine, text.T("doctor.folder.held", dir, socket), text.Message{})
		return
	}
	d.add("folder", fine, text.T("doctor.folder.free", dir), text.Message{})
}

// record asks for the version of the tables, without opening the record, which would upgrade it.
func (d *doctor) record(ctx context.Context) {
	if dir := d.cfg.embedded(); dir != "" {
		if _, held := d.p.Engine.Holder(dir); held {
			d.add("record", fine, text.T("doctor.record.held"), text.Message{})
			return
		}
		if _, err := os.Stat(filepath.Join(dir, engineFolder)); err != nil {
			d.add("record", fine, text.T("doctor.record.none"), text.Message{})
			return
		}
	}
	conn, done, err := d.p.Engine.Connect(ctx, d.cfg)
	if err != nil {
		d.add("record", broken, text.T("doctor.said", sentence(d.cfg.Lang, d.p.Engine.explain(err))), text.T("doctor.record.do"))
		return
	}
	defer done()
	found, last, err := ledger.Inspect(ctx, conn)
	switch {
	case err != nil:
		d.add("record", broken, text.T("doctor.said", sentence(d.cfg.Lang, d.p.Engine.explain(err))), text.T("doctor.record.do"))
	case found > ledger.SchemaVersion():
		d.add("record", broken, text.T("error.schema_newer", found, ledger.SchemaVersion()), text.T("doctor.engine.older.do"))
	case last.After(d.now.Add(time.Minute)):
		d.add("record", worth, text.T("doctor.record.ahead", clockTime(last)), text.T("doctor.clock.do"))
	case found < ledger.SchemaVersion() && found > 0:
		d.add("record", worth, text.T("doctor.record.older", found, ledger.SchemaVersion()), text.T("doctor.record.older.do"))
	default:
		d.add("record", fine, text.T("doctor.record", found), text.Message{})
	}
}

func (d *doctor) disk(name, dir string) {
	at := dir
	// A folder that is still to be made lies on the disk of the nearest that is there.
	for ; at != filepath.Dir(at); at = filepath.Dir(at) {
		if _, err := os.Stat(at); err == nil {
			break
		}
	}
	free, err := d.p.Inspect.Free(at)
	switch gib := fmt.Sprintf("%.1f", float64(free)/(1<<30)); {
	case err != nil:
		d.add("disk_"+name, worth, text.T("doctor.disk.unknown", dir), text.Message{})
	case free < leastGo:
		d.add("disk_"+name, broken, text.T("doctor.disk", dir, gib), text.T("doctor.disk.do"))
	case free < leastOK:
		d.add("disk_"+name, worth, text.T("doctor.disk", dir, gib), text.T("doctor.disk.do"))
	default:
		d.add("disk_"+name, fine, text.T("doctor.disk", dir, gib), text.Message{})
	}
}

// oldBackup is from when on the newest backup is too old.
const oldBackup = 8 * 24 * time.Hour

func (d *doctor) backups() {
	dir := d.cfg.backupFolder()
	if dir == "" {
		d.add("backups", worth, text.T("doctor.backups.server"), text.T("doctor.backups.do"))
		return
	}
	list, err := backup.List(dir)
	switch {
	case err != nil:
		d.add("backups", broken, text.T("doctor.said", sentence(d.cfg.Lang, err)), text.T("doctor.backups.do"))
	case len(list) == 0:
		d.add("backups", worth, text.T("backup.none", dir), text.T("doctor.backups.do"))
	case list[0].Trouble != nil || d.now.Sub(list[0].TakenAt) > oldBackup:
		d.add("backups", worth, text.T("doctor.backups.old", filepath.Base(list[0].Path)), text.T("doctor.backups.do"))
	case sameDisk(dir, d.cfg.embedded()):
		d.add("backups", worth, text.T("doctor.backups.beside", dir), text.T("doctor.backups.beside.do"))
	default:
		d.add("backups", fine, text.T("doctor.backups", filepath.Base(list[0].Path)), text.Message{})
	}
}

// clock holds the time against what cannot be later: the program's own commit and the data folder's last use.
func (d *doctor) clock() {
	at := d.now.In(ledger.Office).Format("2006-01-02 15:04:05")
	latest := builtAt()
	if info, err := os.Stat(filepath.Join(d.cfg.embedded(), "taizhang.lock")); err == nil && d.cfg.embedded() != "" && info.ModTime().After(latest) {
		latest = info.ModTime()
	}
	if d.now.Before(latest.Add(-5 * time.Minute)) {
		d.add("clock", broken, text.T("doctor.clock.behind", at, clockTime(latest)), text.T("doctor.clock.do"))
		return
	}
	d.add("clock", fine, text.T("doctor.clock", at), text.Message{})
}

// signOn asks the sign-in service what it is, where there is one; nobody is kept out by its being down, for passwords work.
func (d *doctor) signOn(ctx context.Context) {
	service, err := d.cfg.signOn()
	if err == nil && service == nil {
		return
	}
	if err != nil {
		d.add("sso", broken, text.T("doctor.said", sentence(d.cfg.Lang, err)), text.T("doctor.sso.settings"))
		return
	}
	if err := service.Look(ctx); err != nil {
		d.add("sso", worth, text.T("doctor.sso.down", d.cfg.SSO.Issuer, err.Error()), text.T("doctor.sso.do"))
		return
	}
	d.add("sso", fine, text.T("doctor.sso", d.cfg.SSO.Issuer), text.Message{})
}

// pictures asks for what draws charts as pixels, and for a font with Chinese letters.
func (d *doctor) pictures(ctx context.Context) {
	rsvg, _ := d.look("rsvg-convert")
	browser := ""
	for _, name := range charts.Browsers() {
		if at, err := d.look(name); err == nil && browser == "" {
			browser = at
		}
	}
	switch {
	case rsvg != "":
		d.add("pictures", fine, text.T("doctor.pictures", rsvg), text.Message{})
	case browser != "":
		d.add("pictures", worth, text.T("doctor.pictures.browser", browser), text.T("doctor.pictures.do"))
	default:
		d.add("pictures", worth, text.T("doctor.pictures.none"), text.T("doctor.pictures.do"))
	}
	if browser != "" {
		d.add("browser", fine, text.T("doctor.browser", browser), text.Message{})
	} else {
		d.add("browser", fine, text.T("doctor.browser.none"), text.Message{})
	}
	lister, err := d.look("fc-list")
	if err != nil {
		d.add("fonts", worth, text.T("doctor.fonts.unknown"), text.T("doctor.fonts.do"))
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, lister, ":lang=zh", "family").Output()
	first, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	if err != nil || first == "" {
		d.add("fonts", worth, text.T("doctor.fonts.none"), text.T("doctor.fonts.do"))
		return
	}
	d.add("fonts", fine, text.T("doctor.fonts", first), text.Message{})
}

package server

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
	"taizhang/ledger/backup"
)

const backupsPath = "/admin/backups"

// backupRoutes are the page of backups and what can be done there. Bringing one back is not: it replaces the record under the
// server, and is the command line's.
func (a *app) backupRoutes() []route {
	return []route{
		{Path: backupsPath, Name: "backups", Needs: access.Backups, Formats: "json", Handle: a.showBackups},
		{Method: fiber.MethodPost, Path: backupsPath, Name: "backups.take", Needs: access.Backups, Handle: a.takeBackup},
		{Method: fiber.MethodPost, Path: backupsPath + "/verify", Name: "backups.verify", Needs: access.Backups, Handle: a.verifyBackup},
	}
}

// keptBackup is a backup as the page tells it.
type keptBackup struct {
	Name string `json:"name"`
	backup.Manifest
	Verified *verdict `json:"verified"`
	Trouble  string   `json:"trouble,omitempty"`
}

// backupsPage lists the server's backups, newest first.
type backupsPage struct {
	page
	Folder  string
	Plan    string // when the next is taken and how many are kept
	Running string // since when one is under way
	Failed  string // how the last one failed
	Current bool   // nothing came in since the newest
	List    *card
	Kept    []keptBackup
}

func (a *app) keptBackups(lang text.Lang) ([]keptBackup, error) {
	list, err := backup.List(a.cfg.backupFolder())
	if err != nil {
		return nil, err
	}
	kept := make([]keptBackup, len(list))
	for i, one := range list {
		kept[i] = keptBackup{Name: filepath.Base(one.Path), Manifest: one.Manifest, Verified: verdictOf(one.Path)}
		// The page tells what a backup is, not every column of it.
		kept[i].Tables, kept[i].Manifest.Answers = nil, nil
		if one.Trouble != nil {
			kept[i].Trouble = sentence(lang, one.Trouble)
		}
	}
	return kept, nil
}

// backupsAnswer is what the page of backups says to programs.
type backupsAnswer struct {
	Folder  string       `json:"folder"`
	At      string       `json:"at"`   // the time of day at which one is taken, or off
	Keep    int          `json:"keep"` // how many scheduled ones are kept
	Running bool         `json:"running"`
	Backups []keptBackup `json:"backups"`
}

func (a *app) showBackups(c *fiber.Ctx) error {
	kept, err := a.keptBackups(lang(c))
	if err != nil {
		return err
	}
	since, failed := a.keeper.state()
	if format(c) == "json" {
		return c.JSON(backupsAnswer{Folder: a.cfg.backupFolder(), At: a.cfg.BackupAt, Keep: a.cfg.BackupKeep, Running: !since.IsZero(), Backups: kept})
	}
	p := backupsPage{page: a.newPage(c, "backups"), Folder: a.cfg.backupFolder(), Kept: kept}
	p.Plan = p.T("backup.plan.off")
	if at, on, err := a.cfg.backupTime(); err == nil && on {
		p.Plan = p.T("backup.plan", clockTime(slot(a.ledger.Now(), at).AddDate(0, 0, 1)), a.cfg.BackupKeep)
	}
	if !since.IsZero() {
		p.Running = p.T("backup.running", clockTime(since))
		c.Set("Refresh", "3")
	} else if failed != nil {
		p.Failed = sentence(p.Lang, a.engine.explain(failed))
	}
	last, err := a.ledger.LastMoment(c.UserContext())
	if err != nil {
		return err
	}
	p.figures(last)
	p.List = p.backupsTable()
	return a.render(c, "backups", p)
}

// figures are the boxes of the page: how old the newest backup is, whether it was tried out, what has come in since.
func (p *backupsPage) figures(last time.Time) {
	n := p.Num()
	newest, verified, bytes := keptBackup{}, 0, int64(0)
	for _, one := range p.Kept {
		if one.Trouble == "" && newest.Name == "" {
			newest = one
		}
		if one.Verified != nil && one.Verified.Trouble == nil {
			verified++
		}
		bytes += one.Bytes
	}
	box := kpi{Key: "backup_newest", Label: p.T("page.kpi.backup_newest"), Figure: figure{Value: dash}}
	switch {
	case newest.Name == "":
		box.Notes = []span{{p.T("backup.never"), "bad"}}
	default:
		day, hour, _ := strings.Cut(clockTime(newest.TakenAt), " ")
		box.Figure = figure{Value: day, Unit: hour}
		p.Current = !newest.Moment.Before(last)
		if p.Current {
			box.Notes = []span{{p.T("backup.current"), "good"}}
		} else {
			box.Notes = []span{{p.T("backup.behind", clockTime(last)), "warn"}}
		}
	}
	count := kpi{Key: "backup_verified", Label: p.T("page.kpi.backup_verified"), Figure: n.whole(verified, ""),
		Notes: []span{{p.T("backup.of", len(p.Kept)), toneIf(verified < len(p.Kept), "warn")}}}
	size := kpi{Key: "backup_size", Label: p.T("page.kpi.backup_size"), Figure: figure{Value: fmt.Sprintf("%.1f", float64(bytes)/(1<<20)), Unit: "MiB"}, Notes: []span{{p.Folder, "mute"}}}
	p.KPIs = []kpi{box, count, size}
}

func (p backupsPage) backupsTable() *card {
	c := p.card("backups", "long")
	if len(p.Kept) == 0 {
		c.Empty = &empty{Title: p.T("backup.empty"), Text: p.T("backup.empty.do")}
		return c
	}
	n := p.Num()
	c.Table = p.columns(wordCol("backup_taken"), wordCol("backup_kind"), wordCol("backup_moment"), numCol("backup_batches", ""), numCol("backup_rows", ""),
		numCol("backup_bytes", "MiB"), textCol("backup_program"), textCol("backup_verdict"))
	for _, one := range p.Kept {
		if one.Trouble != "" {
			c.Table.add(words(one.Name), words(""), words(""), words(""), words(""), words(""), words(""), cell{Light: p.colored(analytics.Red), Small: one.Trouble})
			continue
		}
		c.Table.add(words(clockTime(one.TakenAt)).under(one.Name), words(p.T("backup.kind."+one.Kind)), words(clockTime(one.Moment)), num(n.whole(int(one.Batches), "")), num(n.whole(int(one.Rows), "")),
			words(fmt.Sprintf("%.1f", float64(one.Bytes)/(1<<20))), words(one.Program).under(p.T("backup.schema", strconv.Itoa(int(one.Schema)))), p.verdictCell(one.Verified))
	}
	return c
}

func (p page) verdictCell(v *verdict) cell {
	switch {
	case v == nil:
		return words(p.T("backup.unverified"))
	case v.Trouble != nil:
		return words(v.say(p.Lang)).under(clockTime(v.At)).toned("bad")
	}
	said := p.T("backup.verdict.rows", v.Tables)
	if v.Answers > 0 {
		said = p.T("backup.verdict", v.Tables, v.Answers)
	}
	return words(said).under(clockTime(v.At)).toned("good")
}

// Choices are the backups that can be verified again.
func (p backupsPage) Choices() []option {
	var list []option
	for _, one := range p.Kept {
		list = append(list, option{Value: one.Name, Text: one.Name})
	}
	return list
}

func (a *app) takeBackup(c *fiber.Ctx) error {
	return a.beginBackup(c, func(w backupWish) (backup.Found, *verdict, error) {
		return w.take(a.keeper.ctx, a.ledger, a.engine)
	})
}

func (a *app) verifyBackup(c *fiber.Ctx) error {
	name := c.FormValue("backup")
	list, err := backup.List(a.cfg.backupFolder())
	if err != nil {
		return err
	}
	// Only a name that stands in the folder becomes a path.
	for _, one := range list {
		if filepath.Base(one.Path) == name {
			return a.beginBackup(c, func(w backupWish) (backup.Found, *verdict, error) {
				w.Dir = one.Path
				return w.check(a.keeper.ctx, a.ledger, a.engine)
			})
		}
	}
	return ledger.Fail(ledger.NotFound, text.T("backup.none", name))
}

// beginBackup begins and waits a moment, so that a small record's backup stands in the list at once.
func (a *app) beginBackup(c *fiber.Ctx, do func(backupWish) (backup.Found, *verdict, error)) error {
	if a.cfg.backupFolder() == "" {
		return ledger.Fail(ledger.Invalid, text.T("backup.no_folder"))
	}
	if err := a.keeper.begin(backup.Asked, do); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), a.patience)
	defer cancel()
	for a.keeper.underWay() && ctx.Err() == nil {
		time.Sleep(20 * time.Millisecond)
	}
	return c.Redirect(backupsPath, fiber.StatusSeeOther)
}

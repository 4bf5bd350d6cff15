package server

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// keptFile is a briefing in the folder of snapshots.
type keptFile struct {
	Name    string    `json:"name"`
	Bytes   int64     `json:"bytes"`
	Written time.Time `json:"written"`
}

// keptState is what the page of kept briefings says.
type keptState struct {
	On     bool       `json:"on"`
	Files  []keptFile `json:"files"` // the newest first
	Last   *time.Time `json:"last,omitempty"`
	Failed *time.Time `json:"failed,omitempty"`
	Cause  string     `json:"cause,omitempty"`
}

// list reads the briefings of the folder that are of one sub-district; the folder may hold other things.
func (s *snapshots) list(area string) ([]keptFile, error) {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, &ledger.Error{Kind: ledger.Internal, Message: text.T("snapshot.no_dir", s.dir), Cause: err}
	}
	files := []keptFile{}
	for _, e := range entries {
		if !keptName(e.Name(), area) || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil {
			files = append(files, keptFile{e.Name(), info.Size(), info.ModTime()})
		}
	}
	slices.SortFunc(files, func(x, y keptFile) int { return strings.Compare(y.Name, x.Name) })
	return files, nil
}

// keptName reports whether a file is a briefing of ours, of the deployment's own sub-district or of another.
func keptName(name, area string) bool {
	rest, ours := strings.CutPrefix(name, "briefing-")
	if !ours || !slices.Contains(briefingForms, strings.TrimPrefix(filepath.Ext(name), ".")) || len(rest) < len(time.DateOnly) {
		return false
	}
	if _, err := time.Parse(time.DateOnly, rest[:len(time.DateOnly)]); err != nil {
		return false
	}
	rest = strings.TrimSuffix(rest[len(time.DateOnly):], filepath.Ext(name))
	if area != "" {
		return rest == "-"+area || strings.HasPrefix(rest, "-"+area+"-")
	}
	return rest == "" || strings.HasPrefix(rest, "-asof-") || strings.Trim(rest, "-0123456789") == ""
}

// listKept shows the folder of snapshots and how writing went.
func (a *app) listKept(c *fiber.Ctx) error {
	state := keptState{Files: []keptFile{}}
	if s := a.snapshots; s != nil {
		var err error
		state.On = true
		if state.Files, err = s.list(elsewhere(c)); err != nil {
			return err
		}
		s.mu.Lock()
		if !s.last.IsZero() {
			at := s.last
			state.Last = &at
		}
		if !s.failed.IsZero() {
			at := s.failed
			state.Failed, state.Cause = &at, sentence(lang(c), s.cause)
		}
		s.mu.Unlock()
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	if format(c) == "json" {
		return c.JSON(state, fiber.MIMEApplicationJSONCharsetUTF8)
	}
	return a.render(c, "list", a.keptPage(c, state))
}

func (a *app) keptPage(c *fiber.Ctx, state keptState) listPage {
	p := listPage{page: a.newPage(c, "briefing")}
	p.Crumb, p.Title = &link{Text: p.Title, Href: p.Link("/briefing")}, p.T("snapshot.title")
	p.List = p.card("snapshots", "long")
	if !state.On {
		p.List.None = p.T("snapshot.off")
		return p
	}
	s := a.snapshots
	at := time.Date(2000, 1, 1, s.minute/60, s.minute%60, 0, 0, time.UTC).Format("15:04")
	p.List.Hint = p.T("snapshot.hint", s.dir, p.T("meeting.weekday."+s.day.String()[:3]), at)
	said := span{p.T("snapshot.waiting"), "mute"}
	switch {
	case state.Failed != nil:
		said = span{p.T("snapshot.failed", clockTime(*state.Failed), state.Cause), "bad"}
	case state.Last != nil:
		said = span{p.T("snapshot.fine", clockTime(*state.Last)), "good"}
	}
	p.List.More = []span{said}
	if len(state.Files) == 0 {
		p.List.None = p.T("snapshot.empty")
		return p
	}
	p.List.Table = p.columns(col("file"), numCol("size", "KB"), dayCol("written"))
	for _, f := range state.Files {
		p.List.Table.add(leads(f.Name, p.Link("/briefing/kept/"+url.PathEscape(f.Name))), num(p.Num().plain(ledger.Int(f.Bytes).Div(ledger.Int(1024)), 0, "")), words(clockTime(f.Written)))
	}
	return p
}

// sendKept answers with a file of the folder; only names that the list would show are looked for.
func (a *app) sendKept(c *fiber.Ctx) error {
	name := param(c, "file") + "." + format(c)
	if f := format(c); f == "html" {
		name = param(c, "file")
	}
	if a.snapshots == nil || name != filepath.Base(name) || !keptName(name, elsewhere(c)) {
		return ledger.Fail(ledger.NotFound, text.T("snapshot.no_file", name))
	}
	body, err := os.ReadFile(filepath.Join(a.snapshots.dir, name))
	if errors.Is(err, os.ErrNotExist) {
		return ledger.Fail(ledger.NotFound, text.T("snapshot.no_file", name))
	}
	if err != nil {
		return err
	}
	c.Attachment(name)
	c.Set(fiber.HeaderContentType, paperTypes[strings.TrimPrefix(filepath.Ext(name), ".")])
	return c.Send(body)
}

package server

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"slices"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// mostFixes is how many cells of one file may be corrected in the preview; beyond that the file itself is better mended.
const mostFixes = 1_000

// handmade is what persons did to a waiting file: how its tables are mapped, which cells say something else.
type handmade struct {
	Mappings []ingest.Mapping `json:"mappings,omitempty"`
	Fixes    []ingest.Fix     `json:"fixes,omitempty"`
	Plain    bool             `json:"plain,omitempty"` // read without what is remembered
}

// hand is what was done to a file that waits.
func (u *uploads) hand(hash string) (handmade, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.handOf(hash)
}

// change does something more to a waiting file; it stands beside the file and goes with it.
func (u *uploads) change(hash string, do func(*handmade) error) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	h, err := u.handOf(hash)
	if err == nil {
		err = do(&h)
	}
	if err != nil {
		return err
	}
	said, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if err := os.WriteFile(u.handPath(hash), said, 0o600); err != nil {
		return err
	}
	u.readAnew(hash)
	return nil
}

// readAllAnew makes what was read before worth nothing for every file that waits, as when the record remembers something else.
func (u *uploads) readAllAnew() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.readAnew("")
}

// readAnew makes what was read of a file before (of any, without a hash) worth nothing; the caller holds mu.
func (u *uploads) readAnew(hash string) {
	for i := range u.list {
		if hash == "" || u.list[i].Hash == hash {
			u.last++
			u.list[i].reading = u.last
		}
	}
}

func (u *uploads) handOf(hash string) (h handmade, err error) {
	if !slices.ContainsFunc(u.list, func(x upload) bool { return x.Hash == hash }) {
		return h, ledger.Fail(ledger.NotFound, text.T("import.not_waiting"))
	}
	said, err := os.ReadFile(u.handPath(hash))
	if errors.Is(err, os.ErrNotExist) {
		return h, nil
	}
	if err != nil {
		return h, err
	}
	return h, json.Unmarshal(said, &h)
}

func (u *uploads) handPath(hash string) string { return u.path(hash) + ".hand" }

// byHand adds to the options what persons did to a waiting file, and what the record remembers.
func (a *app) byHand(ctx context.Context, hash string, opt *ingest.Options) error {
	h, err := a.uploads.hand(hash)
	if err != nil {
		return err
	}
	opt.Mappings, opt.Fixes, opt.Plain = h.Mappings, h.Fixes, h.Plain
	if !h.Plain {
		opt.Known, err = ingest.KnownMappings(ctx, a.ledger)
	}
	return err
}

// handRoutes are the addresses of the forms that change how a waiting file is read.
func (a *app) handRoutes() []route {
	return []route{
		{Method: fiber.MethodPost, Path: "/imports/preview/:hash/mapping", Name: "imports.map", Needs: access.Import, Handle: a.mapTable},
		{Method: fiber.MethodPost, Path: "/imports/preview/:hash/unmap", Name: "imports.unmap", Needs: access.Import, Handle: a.unmapTable},
		{Method: fiber.MethodPost, Path: "/imports/preview/:hash/plain", Name: "imports.plain", Needs: access.Import, Handle: a.readPlain},
		{Method: fiber.MethodPost, Path: "/imports/preview/:hash/fix", Name: "imports.fix", Needs: access.Import, Handle: a.fixCell},
		{Method: fiber.MethodPost, Path: "/imports/preview/:hash/unfix", Name: "imports.unfix", Needs: access.Import, Handle: a.unfixCell},
		{Method: fiber.MethodPost, Path: "/imports/mappings/forget", Name: "imports.forget", Needs: access.Import, Handle: a.forgetMapping},
	}
}

// bodyWord is a word of a form's body; FormValue would take one of the address first.
func bodyWord(c *fiber.Ctx, name string) string { return string(c.Request().PostArgs().Peek(name)) }

// changed answers a form of the preview: what was done as JSON, or the preview as it was asked for, at an anchor.
func (a *app) changed(c *fiber.Ctx, do func(*handmade) error, anchor string) error {
	hash := param(c, "hash")
	if err := a.uploads.change(hash, do); err != nil {
		return err
	}
	if wantsJSON(c) {
		h, err := a.uploads.hand(hash)
		if err != nil {
			return err
		}
		return c.JSON(h)
	}
	words := url.Values{}
	for name, value := range c.Queries() {
		if name != "fix_sheet" && name != "fix_cell" {
			words.Set(name, value)
		}
	}
	return c.Redirect(address("/imports/preview/"+hash, words)+"#"+anchor, fiber.StatusSeeOther)
}

package server

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// rowsFit refuses a file with more rows than one may have.
func (a *app) rowsFit(rows int) error {
	if rows <= a.cfg.ExportRows {
		return nil
	}
	return ledger.Fail(ledger.Invalid, text.T("export.rows_over", rows, a.cfg.ExportRows))
}

// boundedBuffer holds a file while it is made: it takes no more than one may have, and nothing any more once its request is over.
type boundedBuffer struct {
	bytes.Buffer
	ctx   context.Context
	limit int
}

func (a *app) bounded(c *fiber.Ctx) *boundedBuffer {
	return &boundedBuffer{ctx: c.UserContext(), limit: a.cfg.ExportMiB << 20}
}

// Write takes a part of the file, or says why not.
func (b *boundedBuffer) Write(part []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	if b.Len()+len(part) > b.limit {
		return 0, ledger.Fail(ledger.Invalid, text.T("export.bytes_over", b.limit>>20))
	}
	return b.Buffer.Write(part)
}

// sendJSON answers with an answer as JSON, unless it is larger than a file may be.
func (a *app) sendJSON(c *fiber.Ctx, ans any) error {
	b := a.bounded(c)
	encode := json.NewEncoder(b)
	if err := encode.Encode(ans); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
	return c.Send(bytes.TrimRight(b.Bytes(), "\n"))
}

// telling is whom a workbook tells how far it is: the export it is made for, or whoever gave up the request.
func (a *app) telling(c *fiber.Ctx) func(done, total int) error {
	if x := exporting(c); x != nil {
		return x.told
	}
	return func(int, int) error { return c.UserContext().Err() }
}

// pageOf is the page that a file's address belongs to.
func pageOf(address string) string {
	path, words, asks := strings.Cut(address, "?")
	path = strings.TrimSuffix(path, "."+bookFormat)
	if path == "/index" {
		path = "/"
	}
	if asks {
		path += "?" + words
	}
	return path
}

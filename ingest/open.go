package ingest

import (
	"bytes"
	"context"
	"log/slog"
	"path/filepath"
	"runtime/debug"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// MaxUpload is the largest file that is read, in bytes.
const MaxUpload = 200 << 20

// openFile tells by its first bytes what a file is, whatever its name says, and reads its sheets.
func openFile(ctx context.Context, name string, content []byte) ([]*grid, *refusal) {
	return guarded(name, func() ([]*grid, *refusal) { return readSheets(ctx, name, content) })
}

// guarded makes a panic a damaged file: no known file gets there, an unknown one must not take the server down.
func guarded(name string, read func() ([]*grid, *refusal)) (grids []*grid, why *refusal) {
	defer func() {
		if r := recover(); r != nil {
			grids, why = nil, panicked(name, r)
		}
	}()
	return read()
}

// guard does the same for what is recognised in the sheets; a file half understood is not kept.
func (f *File) guard(recogniseAll func()) {
	defer func() {
		if r := recover(); r != nil {
			f.Sheets, f.Problems = nil, []ledger.Problem{panicked(f.Name, r).problem("")}
		}
	}()
	recogniseAll()
}

func panicked(name string, cause any) *refusal {
	slog.Error("reading a file panicked", "file", filepath.Base(name), "panic", cause, "stack", string(debug.Stack()))
	return refuse("damaged", "problem.damaged")
}

func readSheets(ctx context.Context, name string, content []byte) ([]*grid, *refusal) {
	if why := unreadable(name, content); why != nil {
		return nil, why
	}
	if isZip(content) {
		return readXLSX(ctx, content)
	}
	g, why := readCSV(ctx, content)
	if why != nil {
		return nil, why
	}
	return []*grid{g}, nil
}

// unreadable refuses by size and first bytes.
func unreadable(name string, content []byte) *refusal {
	switch {
	case len(bytes.TrimSpace(content)) == 0:
		return refuse("empty", "problem.empty_file")
	case len(content) > MaxUpload:
		return refuse("too_large", "problem.too_large", len(content)>>20, MaxUpload>>20)
	case isZip(content):
		return nil
	}
	return otherKind(name, content)
}

// otherKind refuses what is neither a workbook nor separated text, saying what it is.
func otherKind(name string, content []byte) *refusal {
	switch {
	case bytes.HasPrefix(content, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return oleRefusal(content)
	case looksLikeMarkup(content):
		return refuse("legacy_or_html", "problem.markup")
	}
	for _, s := range signatures {
		if bytes.HasPrefix(content, []byte(s.sign)) {
			return refuse("not_xlsx", "problem.not_spreadsheet", text.T(s.key))
		}
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".tsv", ".txt":
		return nil
	}
	if _, ok := decodeText(content[:min(len(content), 4096)]); !ok {
		return refuse("not_xlsx", "problem.not_spreadsheet", text.T("problem.is_binary"))
	}
	return refuse("not_xlsx", "problem.not_spreadsheet", text.T("problem.is_text"))
}

// isZip knows a package with entries, an empty one and one split in parts; text may begin with PK too.
func isZip(content []byte) bool {
	return len(content) >= 4 && content[0] == 'P' && content[1] == 'K' && content[2] < 9 && content[3] == content[2]+1
}

// signatures are the first bytes of files people rename by mistake.
var signatures = []struct{ sign, key string }{
	{"%PDF", "problem.is_pdf"},
	{"\x89PNG\r\n\x1a\n", "problem.is_image"}, {"\xFF\xD8\xFF", "problem.is_image"}, {"GIF8", "problem.is_image"},
	{"\x1F\x8B", "problem.is_binary"}, {"Rar!", "problem.is_binary"}, {"7z\xBC\xAF", "problem.is_binary"},
}

// oleRefusal tells a password-protected workbook from an old .xls.
func oleRefusal(content []byte) *refusal {
	if bytes.Contains(content, wide("EncryptedPackage")) {
		return refuse("encrypted", "problem.encrypted")
	}
	return refuse("legacy_xls", "problem.legacy_xls")
}

func wide(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

func looksLikeMarkup(content []byte) bool {
	head := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(content[:min(len(content), 1024)], []byte{0xEF, 0xBB, 0xBF})))
	for _, sign := range []string{"<html", "<!doctype html", "<table", "<?xml", "<meta", "<head", "<body", "mime-version:"} {
		if bytes.HasPrefix(head, []byte(sign)) {
			return true
		}
	}
	return false
}

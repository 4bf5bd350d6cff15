package ingest

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"

	"taizhang/internal/text"
)

// MaxUpload is the largest file that is read, in bytes.
const MaxUpload = 200 << 20

// openFile tells by its first bytes what a file is, whatever its name says, and reads its sheets.
func openFile(ctx context.Context, name string, content []byte) ([]*grid, *refusal) {
	ext := strings.ToLower(filepath.Ext(name))
	spreadsheet := ext != ".csv" && ext != ".tsv" && ext != ".txt"
	switch {
	case len(bytes.TrimSpace(content)) == 0:
		return nil, refuse("empty", "problem.empty_file")
	case len(content) > MaxUpload:
		return nil, refuse("too_large", "problem.too_large", len(content)>>20, MaxUpload>>20)
	case bytes.HasPrefix(content, []byte("PK")):
		return readXLSX(ctx, content)
	case bytes.HasPrefix(content, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return nil, oleRefusal(content)
	case looksLikeMarkup(content):
		return nil, refuse("legacy_or_html", "problem.markup")
	case bytes.HasPrefix(content, []byte("%PDF")):
		return nil, refuse("not_xlsx", "problem.not_spreadsheet", text.T("problem.is_pdf"))
	case spreadsheet:
		return nil, refuse("not_xlsx", "problem.not_spreadsheet", text.T("problem.is_text"))
	}
	g, why := readCSV(content)
	if why != nil {
		return nil, why
	}
	return []*grid{g}, nil
}

// oleRefusal tells a password-protected workbook from an old .xls.
func oleRefusal(content []byte) *refusal {
	if bytes.Contains(content, utf16("EncryptedPackage")) {
		return refuse("encrypted", "problem.encrypted")
	}
	return refuse("legacy_xls", "problem.legacy_xls")
}

func utf16(s string) []byte {
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

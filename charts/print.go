package charts

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"taizhang/internal/text"
)

// printLimit is how long printing may take; a browser that starts cold takes two seconds.
const printLimit = 45 * time.Second

// Printer makes PDF of pages with Chromium, one at a time.
type Printer struct {
	place chan struct{}
	path  string // the folders that are searched for it; empty: those of the environment
}

// NewPrinter makes a printer that looks for Chromium when it is needed.
func NewPrinter() *Printer { return &Printer{place: make(chan struct{}, 1)} }

// Sheet is a page to be printed: HTML without script that names paper.css beside it, and that style.
type Sheet struct {
	HTML, CSS []byte
	Made      time.Time // what the file declares as the moment it was made
}

// PDF prints a page. It fails with ErrUnavailable on a machine without Chromium.
func (p *Printer) PDF(ctx context.Context, s Sheet) ([]byte, error) {
	program := ""
	for _, name := range browsers {
		if program = findProgram(p.path, name); program != "" {
			break
		}
	}
	if program == "" {
		return nil, unavailable(text.T("document.no_browser"), nil)
	}
	select {
	case p.place <- struct{}{}:
		defer func() { <-p.place }()
	case <-ctx.Done():
		return nil, unavailable(text.T("document.busy"), ctx.Err())
	}
	ctx, cancel := context.WithTimeout(ctx, printLimit)
	defer cancel()
	body, err := printed(ctx, program, s)
	if err == nil && (!bytes.HasPrefix(body, []byte("%PDF-")) || len(pdfDate.FindAll(body, -1)) != 2) {
		err = errors.New("what the browser printed is no PDF as expected")
	}
	if err != nil {
		return nil, unavailable(text.T("document.not_printed"), err)
	}
	return declare(body, s.Made), nil
}

// printed prints in a folder of its own, which is removed.
func printed(ctx context.Context, program string, s Sheet) ([]byte, error) {
	dir, err := os.MkdirTemp("", "taizhang-print-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	from, to := filepath.Join(dir, "paper.html"), filepath.Join(dir, "paper.pdf")
	if err := errors.Join(os.WriteFile(from, s.HTML, 0o600), os.WriteFile(filepath.Join(dir, "paper.css"), s.CSS, 0o600)); err != nil {
		return nil, err
	}
	args := append(browserArgs(dir), "--no-pdf-header-footer", "--print-to-pdf="+to, "file://"+from)
	if _, err := output(exec.CommandContext(ctx, program, args...)); err != nil {
		return nil, err
	}
	return os.ReadFile(to)
}

// pdfDate is where Chromium writes the moment of printing; it has the same length whatever it says.
var pdfDate = regexp.MustCompile(`/(?:CreationDate|ModDate) \(D:(\d{14}\+00'00')\)`)

// declare puts the moment the sheet declares in the place of the moment it was printed at, the one thing in which two prints differ.
func declare(pdf []byte, made time.Time) []byte {
	stamp := []byte(made.UTC().Format("20060102150405") + "+00'00'")
	for _, at := range pdfDate.FindAllSubmatchIndex(pdf, -1) {
		copy(pdf[at[2]:at[3]], stamp)
	}
	return pdf
}

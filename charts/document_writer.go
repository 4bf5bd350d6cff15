package charts

import (
	"archive/zip"
	"bytes"
	"context"
	_ "embed" // document.js
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"

	"taizhang/internal/text"
)

//go:embed document.js
var documentScript string

// documentShim is what the docx library expects of the place it runs in.
const documentShim = `var globalThis = this, console = { log: function () {}, warn: function () {}, error: function () {} };
function setTimeout() { return 0; }`

// documentLimit is how long one document may take; a briefing of a dozen pages takes a second or two.
const documentLimit = 45 * time.Second

// DocumentWriter writes documents as .docx with the library docx (docx.js.org) in an interpreter; one at a time.
type DocumentWriter struct {
	compile func() ([]*goja.Program, error)
	place   chan struct{}
}

// NewDocumentWriter makes a writer; library is docx's own script for browsers. Nothing is compiled before the first document.
func NewDocumentWriter(library []byte) *DocumentWriter {
	return &DocumentWriter{place: make(chan struct{}, 1), compile: sync.OnceValues(func() ([]*goja.Program, error) {
		return compiled([]script{{"shim.js", documentShim}, {"docx.js", string(library)}, {"document.js", documentScript}})
	})}
}

// Docx writes a document. Every one has an interpreter of its own, whose clock stands at the moment the document declares and whose
// chance is always the same, so that the same document is the same bytes.
func (w *DocumentWriter) Docx(ctx context.Context, d *Document) ([]byte, error) {
	asked, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	select {
	case w.place <- struct{}{}:
		defer func() { <-w.place }()
	case <-ctx.Done():
		return nil, unavailable(text.T("document.busy"), ctx.Err())
	}
	programs, err := w.compile()
	if err != nil {
		return nil, err
	}
	in, err := newInterpreter(programs, nil)
	if err != nil {
		return nil, err
	}
	in.vm.SetTimeSource(func() time.Time { return d.Made.UTC().Truncate(time.Second) })
	in.vm.SetRandSource(func() float64 { return 0.5 })
	out, err := in.run(ctx, documentLimit, asked)
	var interrupted *goja.InterruptedError
	if errors.As(err, &interrupted) {
		return nil, unavailable(text.T("document.too_slow", int(documentLimit.Seconds())), err)
	}
	if err != nil {
		return nil, err
	}
	return packDocument(out.String(), d.Made)
}

// packDocument makes the file of its parts, a list of names and texts.
func packDocument(parts string, made time.Time) ([]byte, error) {
	var list [][2]string
	if err := json.Unmarshal([]byte(parts), &list); err != nil {
		return nil, fmt.Errorf("docx gave no parts: %w", err)
	}
	// What kind of file it is comes first, where programs look for it.
	slices.SortFunc(list, func(x, y [2]string) int { return strings.Compare(x[0], y[0]) })
	var b bytes.Buffer
	file := zip.NewWriter(&b)
	for _, part := range list {
		into, err := file.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Deflate, Modified: made.UTC().Truncate(time.Second)})
		if err != nil {
			return nil, err
		}
		if _, err := into.Write([]byte(part[1])); err != nil {
			return nil, err
		}
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

package server

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/mattn/go-runewidth"

	"taizhang/internal/text"
)

// progressBar shows on a terminal how far something is; anywhere else it writes nothing.
type progressBar struct {
	out   io.Writer
	lang  text.Lang
	name  string
	mu    sync.Mutex
	drawn time.Time
	from  float64 // the part of the whole that stands before this file
	share float64 // the part of the whole that this file is
}

const (
	barWidth = 28
	barPause = 80 * time.Millisecond // drawing more often costs more than it tells
)

// isTerminal reports whether a person watches what is written.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

func newBar(out io.Writer, lang text.Lang, name string) *progressBar {
	b := &progressBar{lang: lang, name: name, share: 1}
	if isTerminal(out) {
		b.out = out
	}
	return b
}

// next moves on to another file: the i-th of n.
func (b *progressBar) next(i, n int, name string) {
	b.mu.Lock()
	b.name, b.from, b.share = name, float64(i)/float64(n), 1/float64(n)
	b.mu.Unlock()
	b.draw(0, "", true)
}

// stages are an import's parts with the share of the time each begins at and takes.
var stages = map[string][2]float64{"read": {0, 0.6}, "check": {0.6, 0.1}, "load": {0.7, 0.3}}

// stage is told how far a part of an import is; total may be unknown.
func (b *progressBar) stage(name string, done, total int) {
	part, known := stages[name]
	if !known {
		return
	}
	within := 0.0
	if total > 0 {
		within = min(1, float64(done)/float64(total))
	}
	b.draw(part[0]+part[1]*within, text.T("progress."+name).In(b.lang), false)
}

func (b *progressBar) draw(within float64, what string, force bool) {
	if b.out == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if !force && time.Since(b.drawn) < barPause {
		return
	}
	b.drawn = time.Now()
	whole := b.from + b.share*within
	full := int(whole * barWidth)
	name := runewidth.Truncate(b.name, 32, "…")
	fmt.Fprintf(b.out, "\r\x1b[K%s%s %3.0f%%  %s %s", strings.Repeat("█", full), strings.Repeat("░", barWidth-full), whole*100, name, what)
}

// clear takes the bar off the line.
func (b *progressBar) clear() {
	if b.out != nil {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
}

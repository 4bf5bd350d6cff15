package ingest

import (
	"bytes"
	"context"
	"errors"
	"io"
)

// outline is what a glance over a sheet's bytes shows before its rows are
// read: about how many there are, and the merged cells, which stand behind them. It
// is a guess, to be compared with what the reader finds.
type outline struct {
	rows   int // the number of the last one
	merges []area
	done   chan struct{} // closed when both are known
}

const (
	glanceBlock = 256 << 10
	mergeMark   = "mergeCell "
	maxMergeTag = 64 << 20
)

// glance looks over the sheets one after the other.
func (w *workbook) glance(ctx context.Context, outlines []*outline) {
	block := make([]byte, glanceBlock)
	for i, s := range w.sheets {
		w.outline(ctx, s.part, outlines[i], block)
		close(outlines[i].done)
	}
}

func (w *workbook) outline(ctx context.Context, part string, o *outline, block []byte) {
	r, err := w.pack.inflate(part)
	if err != nil {
		return // the reader will say it
	}
	defer r.Close()
	var tail []byte
	kept := 0 // bytes of the block before, for a mark that is cut in two
	for err == nil && ctx.Err() == nil {
		var n int
		n, err = io.ReadFull(r, block[kept:])
		seen := block[:kept+n]
		if tail == nil {
			if n := lastRow(seen); n > 0 {
				o.rows = n
			}
			if at := bytes.Index(seen, []byte(mergeMark)); at >= 0 {
				tail = append([]byte{}, seen[at:]...)
			}
		} else if tail = append(tail, seen[kept:]...); len(tail) > maxMergeTag {
			return
		}
		kept = copy(block, seen[max(len(seen)-len(mergeMark)+1, 0):])
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		o.merges = mergesIn(tail)
	}
}

// lastRow is the number of the last row element that begins in a block, 0 when there is none.
func lastRow(block []byte) int {
	at := bytes.LastIndex(block, []byte("<row "))
	if at < 0 {
		return 0
	}
	tag, _, _ := bytes.Cut(block[at:], []byte(">"))
	_, number, _ := bytes.Cut(tag, []byte(` r="`))
	number, _, _ = bytes.Cut(number, []byte(`"`))
	n, _ := wholeNumber(number)
	return int(min(n, maxRows))
}

// mergesIn reads the references out of merge elements, in the way writers usually write them.
func mergesIn(tail []byte) []area {
	var list []area
	for {
		at := bytes.Index(tail, []byte(mergeMark))
		if at < 0 {
			return list
		}
		tail = tail[at+len(mergeMark):]
		tag, _, closed := bytes.Cut(tail, []byte(">"))
		_, ref, found := bytes.Cut(tag, []byte(`ref="`))
		ref, _, ended := bytes.Cut(ref, []byte(`"`))
		if !closed || !found || !ended {
			return list
		}
		if m, ok, err := parseMerge(string(ref)); err != nil {
			return list
		} else if ok {
			list = append(list, m)
		}
	}
}

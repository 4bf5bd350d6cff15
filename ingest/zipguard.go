package ingest

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"
)

// Limits of a packed workbook. A sheet of numbers packs 10 to 20 times; what packs far better is a bomb.
const (
	maxEntries  = 10_000
	maxInflated = 2 << 30
	bombFloor   = 64 << 20
	bombRatio   = 150
)

// pack is a workbook's zip with its parts by name.
type pack struct {
	parts map[string]*zip.File
}

// openPackage looks at a zip's directory before anything is inflated.
func openPackage(content []byte) (*pack, *refusal) {
	// Counted before the directory is read: the entries themselves would take more memory than the file.
	if n := bytes.Count(content, []byte("PK\x01\x02")); n > maxEntries {
		return nil, refuse("too_many_parts", "problem.too_many_parts", n, maxEntries)
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil && z == nil {
		return nil, refuse("damaged", "problem.damaged")
	}
	var inflated uint64
	for _, f := range z.File {
		inflated += min(f.UncompressedSize64, maxInflated+1)
	}
	if inflated > maxInflated || inflated > bombFloor && inflated > bombRatio*uint64(len(content)) {
		return nil, refuse("too_large_inflated", "problem.too_large_inflated", inflated>>20, len(content)>>10)
	}
	if overlapping(z.File, int64(len(content))) {
		return nil, refuse("damaged", "problem.damaged")
	}
	z.RegisterDecompressor(zip.Deflate, func(r io.Reader) io.ReadCloser { return flate.NewReader(r) })
	p := &pack{parts: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		p.parts[partName(f.Name)] = f
	}
	return p, nil
}

// overlapping reports that two entries claim the same bytes, or bytes beyond the file: no packer does that.
func overlapping(files []*zip.File, size int64) bool {
	type span struct{ from, to int64 }
	spans := make([]span, 0, len(files))
	for _, f := range files {
		from, err := f.DataOffset()
		if err != nil || f.CompressedSize64 > uint64(size) || from+int64(f.CompressedSize64) > size {
			return true
		}
		spans = append(spans, span{from, from + int64(f.CompressedSize64)})
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return true
		}
	}
	return false
}

// partName is a part's name however its case, slashes and leading slash are written.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, "\\", "/"), "/"))
}

func (p *pack) has(name string) bool { return p.parts[partName(name)] != nil }

// open inflates a part while it is read; more bytes than declared, or others than its checksum says, are an error.
func (p *pack) open(name string) (io.ReadCloser, error) {
	rc, err := p.inflate(name)
	if err != nil || p.parts[partName(name)].UncompressedSize64 < readAheadFrom {
		return rc, err
	}
	return newReadAhead(rc), nil
}

// inflate is open without reading ahead.
func (p *pack) inflate(name string) (io.ReadCloser, error) {
	f := p.parts[partName(name)]
	if f == nil {
		return nil, errNoPart
	}
	return f.Open()
}

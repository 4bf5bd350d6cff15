package ingest

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
)

// Limits of a packed workbook. A sheet of numbers packs 10 to 20 times; what packs far better is a bomb.
const (
	maxEntries  = 10_000
	maxInflated = 2 << 30
	bombFloor   = 64 << 20
	bombRatio   = 150
)

// openPackage looks at a zip's directory before anything is inflated.
func openPackage(content []byte) (*zip.Reader, *refusal) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, refuse("damaged", "problem.damaged")
	}
	if len(z.File) > maxEntries {
		return nil, refuse("too_many_parts", "problem.too_many_parts", len(z.File), maxEntries)
	}
	var inflated uint64
	for _, f := range z.File {
		inflated += f.UncompressedSize64
		if inflated > maxInflated {
			break
		}
	}
	if inflated > maxInflated || inflated > bombFloor && inflated > bombRatio*uint64(len(content)) {
		return nil, refuse("too_large_inflated", "problem.too_large_inflated", inflated>>20, len(content)>>10)
	}
	return z, nil
}

// part opens a part by name, however its case and leading slash are written; reading stops at the declared size.
func part(z *zip.Reader, name string) (io.ReadCloser, bool) {
	name = strings.TrimPrefix(name, "/")
	for _, f := range z.File {
		if strings.EqualFold(strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/"), name) {
			rc, err := f.Open()
			if err != nil {
				return nil, false
			}
			return bounded{io.LimitReader(rc, int64(f.UncompressedSize64)+1), rc}, true
		}
	}
	return nil, false
}

type bounded struct {
	io.Reader
	io.Closer
}

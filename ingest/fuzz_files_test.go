package ingest

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// FuzzWorkbook reads whatever bytes: no panic, and grids in order within the limits of a sheet.
func FuzzWorkbook(f *testing.F) {
	for _, changes := range handmade {
		f.Add(packParts(f, 0, changes))
	}
	for _, name := range []string{"hostile/truncated.xlsx", "hostile/empty.xlsx", "hostile/date1904.xlsx"} {
		content, err := os.ReadFile(filepath.Join(samplesDir(), name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > 1<<20 {
			return
		}
		grids, why := readXLSX(context.Background(), content)
		if why != nil && (why.kind == "" || len(grids) > 0) {
			t.Fatalf("refused with %+v and %d sheets", why, len(grids))
		}
		for _, g := range grids {
			sound(t, g)
		}
	})
}

// FuzzSheet puts the bytes where the rows of a sheet stand, past the zip that fuzzing seldom gets through.
func FuzzSheet(f *testing.F) {
	f.Add([]byte(sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`)))
	for _, changes := range handmade {
		if part := changes["xl/worksheets/sheet1.xml"]; part != "" {
			f.Add([]byte(part))
		}
	}
	f.Fuzz(func(t *testing.T, part []byte) {
		grids, why := readXLSX(context.Background(), packParts(t, 0, map[string]string{"xl/worksheets/sheet1.xml": string(part)}))
		if why != nil && why.kind != "damaged" && why.kind != "too_large" {
			t.Fatal(why.kind)
		}
		for _, g := range grids {
			sound(t, g)
		}
	})
}

func sound(t *testing.T, g *grid) {
	t.Helper()
	last := uint32(0)
	for i := range g.rows {
		r := &g.rows[i]
		if r.no <= last || r.no > maxRows || len(r.cells) == 0 {
			t.Fatalf("row %d behind %d with %d cells", r.no, last, len(r.cells))
		}
		last = r.no
		for j, c := range r.cells {
			if c.col < 0 || c.col >= maxColumns || j > 0 && c.col <= r.cells[j-1].col {
				t.Fatalf("row %d: cell %d in column %d", r.no, j, c.col)
			}
			if !utf8.ValidString(c.text) {
				t.Fatalf("text %q", c.text)
			}
		}
	}
}

// FuzzCSV reads whatever bytes as separated text: no panic, sound rows, and plain fields come out as they went in.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\"x\ny\",\"a\"\"b\"\r\n\r\nc", "\"open\n1,2", "a\tb\n", "齐;礼;闫\n", "\xEF\xBB\xBF日期,项目\n", "\"3号\"楼\",x\n", "\"a\" ,b\n", "a\rb,c\r", ",,,\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		g, why := readCSV(context.Background(), content)
		if why != nil {
			return
		}
		sound(t, g)
		if bytes.ContainsAny(content, "\"\r\t;") || !utf8.Valid(content) || bytes.HasPrefix(content, []byte{0xEF, 0xBB, 0xBF}) {
			return
		}
		for i, line := range bytes.Split(content, []byte("\n")) {
			for col, field := range bytes.Split(line, []byte(",")) {
				got := ""
				if r := g.row(uint32(i + 1)); r != nil && r.at(col) != nil {
					got = r.at(col).text
				}
				if got != string(field) {
					t.Fatalf("%s = %q, want %q", address(uint32(i+1), col), got, field)
				}
			}
		}
	})
}

// FuzzDecodeText: what is taken for text is valid UTF-8 without NUL, UTF-8 stays as it is, and GB18030 comes back.
func FuzzDecodeText(f *testing.F) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte("日期,分包领导\n2016-05-30,周副主任"))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range [][]byte{gb, []byte("齐礼闫"), []byte("齐礼闫城中村改造项目部\xE9\xBD"), {0xFF, 0xFE, 'a', 0}, {0xFE, 0xFF, 0, 'a'}, {0, 1, 2}, []byte("a\xFFb")} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		out, ok := decodeText(content)
		if !ok {
			return
		}
		if !utf8.Valid(out) || bytes.IndexByte(out, 0) >= 0 {
			t.Fatalf("%q", out)
		}
		bom := bytes.HasPrefix(content, []byte{0xEF, 0xBB, 0xBF})
		if utf8.Valid(content) && !bom && !bytes.Equal(out, content) {
			t.Fatalf("%q became %q", content, out)
		}
	})
}

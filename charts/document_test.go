package charts

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/internal/testkit"
)

// letter is a document with all that a document can hold, and texts that are none of its business to understand.
func letter() *Document {
	return &Document{Fonts: OfficeFonts(), Title: "周报", Sub: "本街道", Foot: "数据截至2016年6月27日", Maker: "台账", Made: time.Date(2016, 6, 27, 1, 2, 3, 456e6, time.UTC),
		Closing: []string{"来源：甲.xlsx", "口径"},
		Sections: []DocumentSection{{Heading: "一、总体", Parts: []DocumentPart{{Heading: "（一）表", Text: "税收1.57亿元<b>&\x01" + "“完”", Table: &DocumentTable{
			Columns: []DocumentColumn{{"项目", 3, "left"}, {"进度", 1, "right"}},
			Rows:    [][]DocumentCell{{{"甲\x00", "张\v主任", "red"}, {"51 → 53", "", ""}}, {{"]]>", "", ""}, {"—", "", "grey"}}}}}}}}}
}

func writer(t *testing.T) *DocumentWriter {
	t.Helper()
	library, err := os.ReadFile(filepath.Join(testkit.Root(), "node_modules", "docx", "dist", "index.iife.js"))
	if err != nil {
		t.Fatal("run make setup first: ", err)
	}
	return NewDocumentWriter(library)
}

// partOf reads a part of a packed document and holds it to be XML.
func partOf(t *testing.T, packed []byte, name string) string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := r.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	for decode := xml.NewDecoder(bytes.NewReader(body)); ; {
		if _, err := decode.Token(); err == io.EOF {
			return string(body)
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

func TestDocumentHasTheOfficesLayout(t *testing.T) {
	testkit.Unraced(t)
	d := letter()
	d.Fonts.Body = "方正仿宋_GBK"
	packed, err := writer(t).Docx(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	body := partOf(t, packed, "word/document.xml")
	for _, want := range []string{
		`<w:pgSz w:w="11906" w:h="16838"`,                                    // A4
		`<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"`, // 37, 26, 35 and 28 mm: 156 x 225 mm are left
		`w:line="579" w:lineRule="exact"`,                                    // 28.95 pt
		`w:eastAsia="方正小标宋简体"`, `<w:sz w:val="44"/>`,                         // 二号
		`w:eastAsia="方正仿宋_GBK"`, `<w:sz w:val="32"/>`, // 三号, as configured
		`w:eastAsia="黑体"`, `w:eastAsia="楷体_GB2312"`, `<w:ind w:firstLine="640"/>`, // two characters
		`<w:tblHeader/>`, `<w:cantSplit/>`, "税收1.57亿元&lt;b&gt;&amp;“完”", "● 甲", "]]&gt;",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the document lacks %s", want)
		}
	}
	for _, name := range []string{"word/footer1.xml", "word/footer2.xml"} {
		foot := partOf(t, packed, name)
		if !strings.Contains(foot, "PAGE") || !strings.Contains(foot, d.Foot) || !strings.Contains(foot, `<w:sz w:val="28"/>`) {
			t.Errorf("%s: %s", name, foot)
		}
	}
	if !strings.Contains(partOf(t, packed, "word/settings.xml"), "evenAndOddHeaders") {
		t.Error("numbers of even pages do not stand on their outer side")
	}
	if core := partOf(t, packed, "docProps/core.xml"); !strings.Contains(core, "2016-06-27T01:02:03") {
		t.Errorf("the document does not say when it was made: %s", core)
	}
}

func TestTheSameDocumentIsTheSameBytes(t *testing.T) {
	testkit.Unraced(t)
	w := writer(t)
	first, err := w.Docx(t.Context(), letter())
	if err != nil {
		t.Fatal(err)
	}
	again, err := w.Docx(t.Context(), letter())
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("%d and %d bytes, %v", len(first), len(again), err)
	}
	other := letter()
	other.Sections[0].Parts[0].Text = "税收1.58亿元"
	if changed, err := w.Docx(t.Context(), other); err != nil || bytes.Equal(first, changed) {
		t.Errorf("another text makes the same document, %v", err)
	}
}

func TestDocumentsThatCannotBeMadeNowSaySo(t *testing.T) {
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := writer(t).Docx(over, letter()); !errors.Is(err, ErrUnavailable) {
		t.Errorf("a document nobody waits for: %v", err)
	}
	p := NewPrinter()
	p.path = t.TempDir()
	if _, err := p.PDF(t.Context(), Sheet{}); !errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), "hromium") {
		t.Errorf("without a browser: %v", err)
	}
	// A program that is no browser.
	if err := os.WriteFile(filepath.Join(p.path, "chromium"), []byte("#!/bin/sh\nexit 0\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := p.PDF(t.Context(), Sheet{HTML: []byte("<p>")}); !errors.Is(err, ErrUnavailable) {
		t.Errorf("with a browser that prints nothing: %v", err)
	}
}

func TestPDFDeclaresTheMomentOfItsSnapshot(t *testing.T) {
	made := time.Date(2016, 6, 27, 1, 2, 3, 0, time.UTC)
	pdf := []byte("%PDF-1.4\n/CreationDate (D:20261128114451+00'00')\n/ModDate (D:20261128114451+00'00')>>")
	want := "%PDF-1.4\n/CreationDate (D:20160627010203+00'00')\n/ModDate (D:20160627010203+00'00')>>"
	if got := string(declare(pdf, made)); got != want {
		t.Errorf("%s", got)
	}
}

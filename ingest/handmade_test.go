package ingest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// handmade are sheets as other programs write them.
var handmade = map[string]map[string]string{
	"plain":            {},
	"no r attributes":  {"xl/worksheets/sheet1.xml": sheetXML(`<row><c t="s"><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>`)},
	"gaps":             {"xl/worksheets/sheet1.xml": sheetXML(`<row r="3"><c r="C3"><v>1</v></c><c r="AA3" t="s"><v>1</v></c></row><row r="90"><c r="XFD90"><v>9</v></c></row>`)},
	"attribute order":  {"xl/worksheets/sheet1.xml": sheetXML("<row\n hidden='1'\tr = \"2\" ><c t='s'  r='B2'><v>0</v ></c ></row >")},
	"inline":           {"xl/worksheets/sheet1.xml": sheetXML(`<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is></c><c r="B1" t="inlineStr"><is><r><t>乙&amp;</t></r><r><rPr><b/></rPr><t>&#x4E19;&lt;</t></r></is></c></row>`)},
	"kinds":            {"xl/worksheets/sheet1.xml": sheetXML(`<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" t="str"><f>A1</f><v>文&#10;字</v></c><c r="D1" t="d"><v>2016-06-20</v></c><c r="E1" t="n"><v>1.5E3</v></c><c r="F1" t="s"></c></row>`)},
	"formulas":         {"xl/worksheets/sheet1.xml": sheetXML(`<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f t="shared" si="0"/></c><c r="C1"><f>1</f><v></v></c><c r="D1" t="str"><f>""</f><v></v></c></row>`)},
	"cdata":            {"xl/sharedStrings.xml": `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t><![CDATA[a<b>&amp;]]></t></si></sst>`},
	"comments":         {"xl/worksheets/sheet1.xml": sheetXML(`<!-- <row r="9"> --><row r="1"><!-- - --><c r="A1"><v>1<!-- x -->2</v></c><?pi <c?></row>`)},
	"absolute targets": {"xl/_rels/workbook.xml.rels": strings.NewReplacer(`"worksheets/`, `"/xl/worksheets/`, `"sharedStrings`, `"/xl/sharedStrings`).Replace(plainParts()["xl/_rels/workbook.xml.rels"])},
	"prefixes": {"xl/worksheets/sheet1.xml": `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" +
		`<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`},
	"controls": {"xl/worksheets/sheet1.xml": strings.Replace(plainParts()["xl/worksheets/sheet1.xml"], "</worksheet>",
		`<controls><control><anchor><from><col>0</col><row>77</row></from></anchor></control></controls></worksheet>`, 1)},
	"merges": {"xl/worksheets/sheet1.xml": strings.Replace(plainParts()["xl/worksheets/sheet1.xml"], "</worksheet>",
		`<mergeCells count="2"><mergeCell ref="A1:A1048576"/><mergeCell ref="C3:D9"/></mergeCells></worksheet>`, 1)},
	"escapes": {"xl/sharedStrings.xml": `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>a_x000D_b_x005F_x000D__x00zz_</t></si></sst>`},
	"strict": {"_rels/.rels": strings.ReplaceAll(plainParts()["_rels/.rels"], "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
		"xl/_rels/workbook.xml.rels": strings.ReplaceAll(plainParts()["xl/_rels/workbook.xml.rels"], "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")},
	"unknown type": {"xl/worksheets/sheet1.xml": sheetXML(`<row r="1"><c r="A1" t="later"><v>7</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><f>1</f></c><c r="B2" t="b"><v>1</v></c></row>`)},
}

func TestHandmadeWorkbooksReadAsExcelizeReadsThem(t *testing.T) {
	for name, changes := range handmade {
		t.Run(name, func(t *testing.T) {
			for order := range 6 {
				equalsExcelize(t, packParts(t, order, changes))
			}
		})
	}
}

func read(t *testing.T, changes map[string]string) *grid {
	t.Helper()
	grids, why := openFile(context.Background(), "x.xlsx", packParts(t, 0, changes))
	if why != nil || len(grids) != 1 {
		t.Fatal(why, len(grids))
	}
	return grids[0]
}

// TestRowsOutOfOrder has no equal in excelize, which loses such rows.
func TestRowsOutOfOrder(t *testing.T) {
	g := read(t, map[string]string{"xl/worksheets/sheet1.xml": sheetXML(
		`<row r="5"><c r="B5"><v>2</v></c><c r="A5"><v>1</v></c></row><row r="2"><c r="A2"><v>9</v></c></row><row r="5"><c r="B5"><v>3</v></c><c r="C5"><v>4</v></c></row>`)})
	if len(g.rows) != 2 || g.rows[0].no != 2 || g.rows[1].no != 5 {
		t.Fatalf("%+v", g.rows)
	}
	got := ""
	for _, c := range g.rows[1].cells {
		got += columnName(c.col) + c.text + " "
	}
	if got != "A1 B3 C4 " {
		t.Error(got)
	}
}

// TestOtherEncodings are read by ourselves: excelize knows no UTF-16.
func TestOtherEncodings(t *testing.T) {
	decl := func(name string) string {
		return `<?xml version="1.0" encoding="` + name + `"?>` + sheetXML(`<row r="1"><c r="A1" t="inlineStr"><is><t>齐礼闫</t></is></c></row>`)
	}
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(decl("GB2312"))
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(decl("UTF-16"))
	if err != nil {
		t.Fatal(err)
	}
	bare, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(decl("UTF-16"))
	if err != nil {
		t.Fatal(err)
	}
	for name, part := range map[string]string{"gbk": gbk, "utf-16": wide, "utf-16 without mark": bare, "bom": "\xEF\xBB\xBF" + decl("utf-8")} {
		g := read(t, map[string]string{"xl/worksheets/sheet1.xml": part})
		if len(g.rows) != 1 || g.rows[0].cells[0].text != "齐礼闫" {
			t.Errorf("%s: %+v", name, g.rows)
		}
	}
}

func TestFormulasWithoutValuesAreUnknown(t *testing.T) {
	for _, kind := range []string{"formulas", "unknown type"} {
		g := read(t, handmade[kind])
		unknown := 0
		for _, r := range g.rows {
			for _, c := range r.cells {
				if c.kind == cellUnknown {
					unknown++
				}
			}
		}
		if want := map[string]int{"formulas": 2, "unknown type": 1}[kind]; unknown != want {
			t.Errorf("%s: %d unknown values in %+v, want %d", kind, unknown, g.rows, want)
		}
	}
}

func TestMoreCellsThanFitInMemoryAreRefused(t *testing.T) {
	p, why := openPackage(packParts(t, 0, nil))
	if why != nil {
		t.Fatal(why.kind)
	}
	full := map[string]func(*workbook){
		"cells": func(w *workbook) { w.cells.count = maxCells - 1 },
		"texts": func(w *workbook) { w.texts.bytes = maxTextBytes },
	}
	for name, fill := range full {
		w := &workbook{pack: p}
		fill(w)
		if _, err := w.read(context.Background()); !errors.Is(err, errTooMuch) || refuseWorkbook(context.Background(), err).kind != "too_large" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPanicInReadingIsADamagedFile(t *testing.T) {
	grids, why := guarded("x.xlsx", func() ([]*grid, *refusal) { panic("an unknown case") })
	if grids != nil || why == nil || why.kind != "damaged" {
		t.Error(grids, why)
	}
	f := &File{Name: "x.xlsx", Sheets: []*Sheet{{}}}
	f.guard(func() { panic("an unknown case") })
	if len(f.Sheets) != 0 || len(f.Problems) != 1 || f.Problems[0].Kind != "damaged" || !f.Blocked() {
		t.Errorf("%+v", f)
	}
}

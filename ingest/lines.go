package ingest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"taizhang/internal/wording"
	"unicode/utf8"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// lineKind is what a line under a header is.
type lineKind int

const (
	lineData lineKind = iota
	lineTotal
	linePart   // 其中: a part of what was counted already
	lineText   // a foot, a note, a heading of a group
	lineHeader // the table's own header again, on another page
)

var (
	totalText = regexp.MustCompile(`^.{0,12}(?:小计|合计|总计|共计|总和)[:：]?$|^(?:小计|合计|总计|共计|累计|总和|汇总)[(:：].{0,20}$|^累计$|^汇总$|^(?:小计|合计|总计|共计|共)\d+\p{Han}{1,4}$`)
	partText  = regexp.MustCompile(`^其中|^#其中|^内[:：]|^(?:平均|均值|平均值|占比|比重|同比|环比|增幅|上年同期|去年同期|上年同期数|增减|同比增减|同比增长)(?:[(].{1,3}[)]|%)?$`)
	footText  = regexp.MustCompile(`[:：]|^(?:注|说明|备注|填报|制表|填表|审核|负责人|联系|统计|数据来源|资料来源|\*)`)
	labelText = regexp.MustCompile(`^[^:：\d]{2,10}[:：]`)
	groupText = regexp.MustCompile(`^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）])`)
)

// classify tells rows from totals, parts and texts.
func (t *table) classify(r *gridRow) lineKind {
	distinct, labelled, firstText := 0, 0, ""
	named := t.keyFilled(r)
	for i := range r.cells {
		c := &r.cells[i]
		if c.kind == cellNumber && firstText != "" && isPlain(c.text) {
			distinct++ // a plain figure is no label
			continue
		}
		shown := wording.Clean(t.grid.display(c))
		if shown == "" && c.kind != cellUnknown {
			continue
		}
		distinct++
		if firstText == "" {
			firstText = shown
		}
		if hasColon(shown) && labelText.MatchString(shown) {
			labelled++
		}
		if c.kind != cellText || len(shown) > 120 || !hasSumSign(shown) || named && t.prose[c.col] {
			continue
		}
		label := strings.ReplaceAll(wording.Fold(shown), " ", "")
		switch {
		case partText.MatchString(label):
			return linePart
		case totalText.MatchString(label):
			t.readFootOf(r)
			return lineTotal
		}
	}
	if distinct <= 1 && (footText.MatchString(firstText) || groupText.MatchString(firstText) || t.isSpread(r)) {
		t.readFootOf(r)
		return lineText
	}
	if labelled == distinct && distinct > 0 || distinct <= 3 && labelled > 0 && footText.MatchString(firstText) && !named {
		t.readFootOf(r)
		return lineText
	}
	if t.repeatsHeader(r) {
		return lineHeader
	}
	if t.numbersColumns(r) {
		return lineText
	}
	return lineData
}

func hasColon(s string) bool { return strings.IndexByte(s, ':') >= 0 || strings.Contains(s, "：") }

// hasSumSign reports one of the signs that every name of a sum or a part holds.
func hasSumSign(s string) bool {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch r {
		case '计', '和', '总', '内', '其', '共', '均', '比', '幅', '期', '减', '增':
			return true
		}
		i += size
	}
	return false
}

// proseColumns are the columns whose words are no labels of sums while the
// line names its thing: remarks and the like, and what is not read at all right of the figures.
func (t *table) proseColumns() map[int]bool {
	prose := map[int]bool{}
	for _, b := range t.bindings {
		f := t.dataset.Fields[b.field]
		prose[b.col] = f.Kind == ledger.Text && !slices.Contains(t.dataset.Key, f.Name) ||
			f.Kind == ledger.Enum && slices.ContainsFunc(f.Allowed, totalText.MatchString) // 累计 is a value there
	}
	limit := t.labelLimit()
	for _, h := range t.free {
		prose[h.col] = h.col > limit
	}
	return prose
}

func (t *table) readFootOf(r *gridRow) {
	for i := range r.cells {
		t.ctx.readFoot(placed{wording.Clean(t.grid.display(&r.cells[i])), address(r.no, r.cells[i].col)})
	}
}

// labelLimit is the last column before the first figure.
func (t *table) labelLimit() int {
	first := maxColumns
	for _, b := range t.bindings {
		if t.dataset.Fields[b.field].Numeric() || t.dataset.Fields[b.field].Kind == ledger.Percent {
			first = min(first, b.col)
		}
	}
	for _, p := range t.pivots {
		first = min(first, p.col)
	}
	if first == maxColumns {
		return first
	}
	return first - 1
}

// isSpread reports that the line's one cell is merged over several columns: a heading or a foot.
func (t *table) isSpread(r *gridRow) bool {
	if len(r.cells) == 0 {
		return false
	}
	m, ok := t.grid.merged(r.no, r.cells[0].col)
	return ok && m.right > m.left
}

// keyFilled reports that the line itself names its thing.
func (t *table) keyFilled(r *gridRow) bool {
	b := t.fieldColumn(t.dataset.Subject)
	return b != nil && r.at(b.col) != nil
}

// repeatsHeader reports a header printed again on the next page.
func (t *table) repeatsHeader(r *gridRow) bool {
	same, texts := 0, 0
	for i := range r.cells {
		c := &r.cells[i]
		if c.kind != cellText || (texts-same)*4 > len(r.cells) {
			return false
		}
		form := headerForm(c.text)
		if form == "" {
			continue
		}
		texts++
		if slices.Contains(t.headerTexts[c.col], form) {
			same++
		}
	}
	return same >= 2 && same*4 >= texts*3
}

// textsOfHeader are the header's own texts, a list each column, to know them again further down.
func (t *table) textsOfHeader() map[int][]string {
	texts := map[int][]string{}
	for _, h := range t.grid.headings(t.top, t.height) {
		for _, part := range h.parts {
			texts[h.col] = append(texts[h.col], headerForm(part))
		}
	}
	return texts
}

// numbersColumns reports the line 1 2 3 4, or 甲 乙 1 2, that some forms print under the header.
func (t *table) numbersColumns(r *gridRow) bool {
	if r.no != t.first() || len(r.cells) < 3 {
		return false
	}
	before := 0
	for i := range r.cells {
		shown := strings.Trim(t.grid.display(&r.cells[i]), "()（）")
		if i == 0 && shown == "栏次" || strings.Contains("甲乙丙丁戊", shown) {
			continue
		}
		n, err := strconv.Atoi(shown)
		if err != nil || n != before+1 && (before > 0 || n > 2) {
			return false
		}
		before = n
	}
	return true
}

// append checks a row and adds it to a sheet with its source.
func (t *table) append(sheet *Sheet, row draft, r *gridRow, pivot int) {
	row.Source = t.source(sheet, pivot)
	if pivot >= 0 {
		p := &t.pivots[pivot]
		row.Raw = append(row.Raw, t.written(r.no, p.col, r.at(p.col)), p.caption())
		row.Rows = append(row.Rows, r.no, r.no)
	}
	t.dayOf(&row.Row)
	at := sheet.Rows.add(&row.Row)
	if row.bad {
		sheet.Bad.add(at)
	}
	t.check(sheet, &row.Row, at, pivot)
}

// source declares, once a pivot column, which field stands in which column.
func (t *table) source(sheet *Sheet, pivot int) uint32 {
	if at, ok := t.sources[pivot]; ok {
		return at
	}
	s := ledger.Source{Dataset: t.dataset.Name, Sheet: t.grid.name, HeaderRow: t.first() - 1}
	add := func(field, column string) {
		s.Fields = append(s.Fields, field)
		s.Columns = append(s.Columns, column)
	}
	for _, fv := range t.fixed {
		add(t.dataset.Fields[fv.field].Name, fv.column())
	}
	for _, b := range t.bindings {
		add(t.dataset.Fields[b.field].Name, columnName(b.col))
	}
	if pivot >= 0 {
		p := t.pivots[pivot]
		add(t.dataset.Pivot.Value, columnName(p.col))
		named := t.dataset.Pivot.Label
		if p.dated {
			named = t.dataset.Pivot.Period
		}
		add(named, address(t.first()-1, p.col))
	}
	at := uint32(len(sheet.Sources))
	sheet.Sources = append(sheet.Sources, s)
	t.sources[pivot] = at
	return at
}

// fail reports a fault and, when it is an error, marks the row for blocking.
func (t *table) fail(row *draft, f fault, cell, column string) {
	t.report(f, cell, column)
	if f.severity == ledger.SeverityError {
		row.bad = true
	}
}

// report adds a problem once a cell and kind.
func (t *table) report(f fault, cell, column string) {
	key := f.kind + "@" + cell
	if t.reported[key] {
		return
	}
	t.reported[key] = true
	p := newProblem(f.severity, f.kind, place{t.dataset.Name, t.grid.name, cell, column}, f.found, f.expected, f.message)
	if f.severity == ledger.SeverityNote {
		t.file.Notes = append(t.file.Notes, p)
		return
	}
	t.file.Problems = append(t.file.Problems, p)
	t.keepText(cell)
}

// notes says what a person should know though nothing is wrong: hidden lines, vacant rooms, columns nobody reads.
func (t *table) notes() {
	var hidden []string
	for _, no := range t.grid.hiddenLines() {
		if no >= t.first() {
			hidden = append(hidden, strconv.Itoa(int(no)))
		}
	}
	if len(hidden) > 0 {
		t.report(fault{ledger.SeverityNote, "hidden_rows", "", "", text.T("problem.hidden_rows", strings.Join(hidden, "、"))}, hidden[0]+":"+hidden[len(hidden)-1], "")
	}
	var cols []string
	for _, b := range t.bindings {
		if slices.Contains(t.grid.hiddenCols, b.col) {
			cols = append(cols, columnName(b.col))
		}
	}
	if len(cols) > 0 {
		t.report(fault{ledger.SeverityNote, "hidden_columns", "", "", text.T("problem.hidden_columns", strings.Join(cols, "、"))}, cols[0]+"1", "")
	}
	if t.skipped > 0 {
		t.report(fault{ledger.SeverityNote, "skipped_lines", "", "", text.T("problem.skipped_lines", t.skipped)}, "", "")
	}
	if len(t.free) > 0 {
		var names []string
		for _, h := range t.free {
			names = append(names, columnName(h.col)+" "+h.caption())
		}
		t.report(fault{ledger.SeverityNote, "unread_columns", "", "", text.T("problem.unread_columns", strings.Join(names, "、"))}, columnName(t.free[0].col)+strconv.Itoa(int(t.top)), "")
	}
}

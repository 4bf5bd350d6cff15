package ingest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"taizhang/internal/wording"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// lineKind is what a line under a header is.
type lineKind int

const (
	lineData lineKind = iota
	lineTotal
	linePart // 其中: a part of what was counted already
	lineText // a foot, a note, a heading of a group
)

var (
	totalText = regexp.MustCompile(`^.{0,12}(?:小计|合计|总计|共计|总和)[:：]?$|^(?:小计|合计|总计|共计|累计|总和|汇总)[(:：].{0,20}$|^累计$|^汇总$`)
	partText  = regexp.MustCompile(`^其中|^#其中|^内[:：]`)
	footText  = regexp.MustCompile(`[:：]|^(?:注|说明|备注|填报|制表|填表|审核|负责人|联系|统计|数据来源|资料来源|\*)`)
	groupText = regexp.MustCompile(`^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）])`)
)

// classify tells rows from totals, parts and texts. A total is known by a label left of the figures.
func (t *table) classify(r *gridRow) lineKind {
	distinct, firstText := 0, ""
	limit := t.labelLimit()
	for i := range r.cells {
		c := &r.cells[i]
		shown := wording.Clean(t.grid.display(c))
		if shown == "" && c.kind != cellUnknown {
			continue
		}
		distinct++
		if firstText == "" {
			firstText = shown
		}
		if c.kind != cellText || c.col > limit {
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
	if distinct <= 1 && (footText.MatchString(firstText) || groupText.MatchString(firstText) || t.spread(r)) {
		t.readFootOf(r)
		return lineText
	}
	if distinct <= 3 && footText.MatchString(firstText) && strings.ContainsAny(firstText, ":：") && !t.keyFilled(r) {
		t.readFootOf(r)
		return lineText
	}
	if t.repeatsHeader(r) || t.numbersColumns(r) {
		return lineText
	}
	return lineData
}

func (t *table) readFootOf(r *gridRow) {
	for i := range r.cells {
		t.ctx.readFoot(placed{wording.Clean(t.grid.display(&r.cells[i])), address(r.no, r.cells[i].col)})
	}
}

// labelLimit is the last column a label of totals may stand in: the one before the first figure, but at least the name's.
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

// spread reports that the line's one cell is merged over several columns: a heading or a foot.
func (t *table) spread(r *gridRow) bool {
	if len(r.cells) == 0 {
		return false
	}
	m, ok := t.grid.merged(r.no, r.cells[0].col)
	return ok && m.right > m.left
}

func (t *table) keyFilled(r *gridRow) bool {
	for _, name := range t.dataset.Key {
		if b := t.fieldColumn(name); b != nil && b.col > 0 && r.at(b.col) != nil {
			return true
		}
	}
	return false
}

// repeatsHeader reports a header printed again on the next page.
func (t *table) repeatsHeader(r *gridRow) bool {
	same := 0
	for _, b := range t.bindings {
		if c := r.at(b.col); c != nil && c.kind == cellText && headerForm(c.text) != "" && headerForm(c.text) == headerForm(b.parts[len(b.parts)-1]) {
			same++
		}
	}
	return same >= 2 && same*2 >= len(t.bindings)
}

// numbersColumns reports the line 1 2 3 4 that some forms print under the header.
func (t *table) numbersColumns(r *gridRow) bool {
	if r.no != t.first() || len(r.cells) < 3 {
		return false
	}
	for i, c := range r.cells {
		shown := strings.Trim(t.grid.display(&c), "()（）")
		if n, err := strconv.Atoi(shown); err != nil || i > 0 && n != i && n != i+1 {
			return shown == "甲" || shown == "乙" || shown == "栏次"
		}
	}
	return true
}

// append checks a row and adds it to a sheet with its source.
func (t *table) append(sheet *Sheet, row draft, r *gridRow, pivot int) {
	row.Source = t.source(sheet, pivot)
	if pivot >= 0 {
		p := &t.pivots[pivot]
		raw := ""
		if c := r.at(p.col); c != nil {
			raw = clip(t.grid.display(c))
		}
		row.Raw = append(row.Raw, raw, p.caption())
		row.Rows = append(row.Rows, r.no, r.no)
	}
	at := len(sheet.Rows)
	sheet.Rows = append(sheet.Rows, row.Row)
	if row.bad {
		sheet.Bad[at] = true
	}
	t.check(sheet, at, pivot)
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
		cell := fv.cell
		if cell == "" {
			cell = "#1" // the sheet's own name
		}
		add(t.dataset.Fields[fv.field].Name, cell)
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
}

// notes says what a person should know though nothing is wrong: hidden lines, vacant rooms, columns nobody reads.
func (t *table) notes() {
	var hidden []string
	for i := range t.grid.rows {
		if r := &t.grid.rows[i]; r.hidden && r.no >= t.first() {
			hidden = append(hidden, strconv.Itoa(int(r.no)))
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

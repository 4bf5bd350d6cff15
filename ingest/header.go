package ingest

import (
	"regexp"
	"slices"
	"strings"
	"taizhang/internal/wording"
	"unicode/utf8"
)

// heading is one column's header: the texts over it from top to bottom, merged cells spread out.
type heading struct {
	col   int
	parts []string // display texts, neighbours differ
	unit  string   // from brackets or after a slash, nearest to the data
	forms []form   // what to match by, the most telling first
	// parents are the folded texts above the lowest one, leaf is that one.
	parents, leaf form
}

// headings reads rows top..top+height-1 of a sheet as a header.
func (g *grid) headings(top uint32, height int) []heading {
	width := 0
	for no := top; no < top+uint32(height); no++ {
		if r := g.row(no); r != nil && len(r.cells) > 0 {
			width = max(width, r.cells[len(r.cells)-1].col+1)
		}
	}
	for _, m := range g.merges {
		if m.top >= top && m.top < top+uint32(height) {
			width = max(width, min(m.right+1, width+64))
		}
	}
	var list []heading
	for col := range width {
		if h, ok := g.heading(top, height, col); ok {
			list = append(list, h)
		}
	}
	return list
}

func (g *grid) heading(top uint32, height, col int) (heading, bool) {
	h := heading{col: col}
	for no := top; no < top+uint32(height); no++ {
		r := g.row(no)
		if r == nil {
			r = &gridRow{no: no}
		}
		c, _ := g.value(r, col)
		if c == nil {
			continue
		}
		t := wording.Clean(g.display(c))
		if t == "" || len(h.parts) > 0 && h.parts[len(h.parts)-1] == t {
			continue
		}
		h.parts = append(h.parts, t)
	}
	if len(h.parts) == 0 {
		return h, false
	}
	h.prepare()
	return h, true
}

// prepare splits units off and makes the forms the header is matched by.
func (h *heading) prepare() {
	names := make([]string, len(h.parts))
	bare := "" // without a row of units
	for i, p := range h.parts {
		name, unit := SplitHeaderUnit(p)
		if i > 0 && unitOfRow(p) && (headerWords[bare] || !headerWords[bare+headerForm(p)]) {
			unit = p
		} else {
			bare += headerForm(name)
		}
		if unit != "" {
			h.unit = unit
		}
		names[i] = headerForm(name)
	}
	last := len(names) - 1
	h.leaf = newForm(names[last])
	h.parents = newForm(strings.Join(names[:last], ""))
	path := h.parents.text + h.leaf.text
	if bare != path && len(h.parts) > 1 && bare != "" {
		h.add(bare)
	}
	h.add(path)
	if h.unit == "%" {
		h.add(path + "%")
	}
	h.add(h.leaf.text + h.parents.text)
	h.add(headerForm(strings.Join(h.parts, "")))
	h.add(headerForm(withoutBrackets(strings.Join(h.parts, ""))))
	h.add(spanForm(strings.Join(h.parts, "")))
	if u, ok := LookupUnit(h.unit); ok {
		h.add(withMeasure(bare, u))
	}
}

// unitOfRow reports a unit as it stands in a row of units; 起 and 期 are units too, but in headers they are words.
func unitOfRow(text string) bool {
	u, ok := LookupUnit(text)
	return ok && u.Dimension != DimScale && (u.Dimension != DimCount || strings.Contains("套户人家个栋", u.Base))
}

func (h *heading) add(text string) {
	if text != "" && !slices.ContainsFunc(h.forms, func(f form) bool { return f.text == text }) {
		h.forms = append(h.forms, newForm(text))
	}
}

// withMeasure says in words what only the unit told: 已开工(㎡) is 已开工面积.
func withMeasure(name string, u Unit) string {
	word := map[string]string{"㎡": "面积", "套": "套数", "户": "户数", "人": "人数"}[u.Base]
	if word == "" || strings.Contains(name, word[:len("面")]) {
		return ""
	}
	return name + word
}

var (
	sinceJanuary = regexp.MustCompile(`(?:(?:19|20)\d\d年)?1月?[-~至到]\d{1,2}月份?`)
	oneMonth     = regexp.MustCompile(`(?:(?:19|20)\d\d年)?\d{1,2}月份?`)
	oneYear      = regexp.MustCompile(`(?:19|20)\d\d年度?`)
)

// spanForm writes 1-6月 as 年度累计, 6月 as 本月 and 2016年 as 年度, as columns are named that keep their name all year.
func spanForm(path string) string {
	path = withoutBrackets(path)
	text := sinceJanuary.ReplaceAllString(path, "年度累计")
	text = oneMonth.ReplaceAllString(text, "本月")
	text = oneYear.ReplaceAllString(text, "年度")
	if text == path {
		return ""
	}
	return headerForm(strings.ReplaceAll(text, "累计累计", "累计"))
}

// label is the header as a person reads it.
func (h *heading) caption() string { return strings.Join(h.parts, "/") }

// headerForm is the form headers are compared in: folded, without marks and blanks, keeping %.
func headerForm(s string) string {
	var b strings.Builder
	for _, r := range wording.Fold(s) {
		if strings.ContainsRune(" ()/\\,.;:★☆※●#■◆▲、，。；：_-*'\"“”《》<>~!?·+&|", r) {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func withoutBrackets(s string) string {
	s = wording.Fold(s)
	for {
		open := strings.IndexByte(s, '(')
		if open < 0 {
			return s
		}
		end := strings.IndexByte(s[open:], ')')
		if end < 0 {
			return s
		}
		s = s[:open] + s[open+end+1:]
	}
}

// qualifiers are words that change what a column means; a header and an alias that differ in them are different columns.
var qualifiers = []string{
	"计划", "实际", "预计", "累计", "本月", "当月", "本周", "年度", "本年", "当年", "目标", "同比", "增长", "增幅", "占", "率", "比", "已", "未", "应", "拟",
	"上年", "去年", "同期", "开工", "竣工", "交付", "完成", "开始", "日期", "电话", "代码", "地址", "编号", "类型", "原因", "备注", "面积", "套", "户", "人", "口径", "年限", "余",
}

// sense is the set of qualifiers a text carries, a bit each.
func sense(s string) uint64 {
	var set uint64
	for i, q := range qualifiers {
		if strings.Contains(s, q) {
			set |= 1 << i
		}
	}
	return set
}

// form is a folded header or alias with its sense.
type form struct {
	text  string
	sense uint64
	runes int
}

func newForm(s string) form { return form{s, sense(s), utf8.RuneCountInString(s)} }

// likeness compares a header with an alias: 1 is the same text, 0 is no match.
func likeness(head, alias form) float64 {
	if head.text == alias.text {
		return 1
	}
	longer, shorter := max(head.runes, alias.runes), min(head.runes, alias.runes)
	if head.runes < 3 || shorter < 2 || 2*shorter < longer || head.sense != alias.sense {
		return 0
	}
	if !strings.Contains(head.text, alias.text) && !strings.Contains(alias.text, head.text) {
		return 0
	}
	return 0.4 + 0.5*float64(shorter)/float64(longer)
}

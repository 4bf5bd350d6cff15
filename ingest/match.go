package ingest

import (
	"cmp"
	"slices"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// aliasForms holds, per dataset and field, the folded texts its header may have; made once from the declarations.
var aliasForms = func() map[*ledger.Dataset][][]form {
	all := map[*ledger.Dataset][][]form{}
	for _, d := range ledger.All {
		fields := make([][]form, len(d.Fields))
		for i, f := range d.Fields {
			texts := append([]string{f.Zh, f.En, f.Name, f.Header(text.Zh), f.Header(text.En)}, f.Aliases...)
			for _, t := range texts {
				text := headerForm(t)
				if text != "" && !slices.ContainsFunc(fields[i], func(f form) bool { return f.text == text }) {
					fields[i] = append(fields[i], newForm(text))
				}
			}
		}
		all[d] = fields
	}
	return all
}()

// binding is a column that fills a field.
type binding struct {
	heading
	field  int // index into Dataset.Fields
	score  float64
	before string // the field's name before a variant renamed it
}

// pivotColumn is a column whose header is a value: a month, a tax type, or both.
type pivotColumn struct {
	heading
	period Period
	dated  bool
	label  string
	// beside is set for a column that belongs to another dataset: targets, ranks.
	beside *ledger.Beside
	// running is set for a sum since January that stands beside others (1月, 1-2月, 1-3月).
	running bool
}

// checkColumn is a column that adds others up; it is reconciled, not loaded.
type checkColumn struct {
	heading
	whole  bool   // adds up all months; otherwise, without a period, those since the check column before
	period Period // the months it adds up, where its header says
	label  string // the tax type it adds up, where its header says
}

// match is a header read as a dataset.
type match struct {
	dataset  *ledger.Dataset
	top      uint32
	height   int
	bindings []binding
	pivots   []pivotColumn
	checks   []checkColumn
	free     []heading // columns nothing was found for
	rename   map[string]string
	missing  []string
	score    float64
	titled   bool
	carried  carried
	yearless bool // months are named, but nothing says of which year
}

// fieldColumn gives the binding of a field.
func (m *match) fieldColumn(name string) *binding {
	at := m.dataset.Index(name)
	for i := range m.bindings {
		if m.bindings[i].field == at {
			return &m.bindings[i]
		}
	}
	return nil
}

// matchDataset reads headings as a dataset and scores the reading.
func matchDataset(d *ledger.Dataset, heads []heading, ctx sheetContext) *match {
	m := &match{dataset: d}
	rest := m.takeSpecial(m.takeCarried(heads), ctx)
	m.bind(rest)
	m.applyVariant()
	m.takeLabels(ctx)
	m.titled = ctx.titled(d)
	m.findMissing(ctx)
	m.weigh()
	return m
}

// bind gives each field at most one column and each column at most one field, best likeness first.
func (m *match) bind(heads []heading) {
	type pair struct {
		head, field int
		score       float64
	}
	var pairs []pair
	for hi, h := range heads {
		for fi, f := range m.dataset.Fields {
			if s := m.likenessOf(h, fi); s > 0 {
				if f.Hidden {
					s -= 0.05
				}
				pairs = append(pairs, pair{hi, fi, s})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.score, a.score) })
	headUsed, fieldUsed := map[int]bool{}, map[int]bool{}
	for _, p := range pairs {
		if headUsed[p.head] || fieldUsed[p.field] {
			continue
		}
		headUsed[p.head], fieldUsed[p.field] = true, true
		m.bindings = append(m.bindings, binding{heading: heads[p.head], field: p.field, score: p.score})
	}
	for i, h := range heads {
		if !headUsed[i] && !isSequence(h) {
			m.free = append(m.free, h)
		}
	}
}

// likenessOf compares a header with all names of a field; the whole path counts more than its lowest part.
func (m *match) likenessOf(h heading, field int) float64 {
	best := 0.0
	for place, alias := range aliasForms[m.dataset][field] {
		// Earlier names are the more usual ones: they win where two fields share an alias.
		rank := 0.001 * float64(min(place, 40))
		for i, form := range h.forms {
			if s := likeness(form, alias); s > 0 {
				best = max(best, s-0.002*float64(i)-rank)
			}
		}
		if h.parents.text != "" && parentSilent(h.parents, alias) {
			if s := likeness(h.leaf, alias); s > 0 {
				best = max(best, s-0.03-rank)
			}
		}
	}
	return best
}

// silent are qualifiers that say nothing in a heading over several columns: 投资完成情况, 面积, 计划.
var silent = sense("面积完成比计划")

// parentSilent reports that the texts above a header add no meaning the alias lacks.
func parentSilent(parents, alias form) bool { return parents.sense&^alias.sense&^silent == 0 }

func isSequence(h heading) bool {
	switch h.leaf.text {
	case "序号", "序", "no", "编次", "行次", "序列", "号":
		return true
	}
	return false
}

// applyVariant renames fields when the columns found make another shape of the dataset.
func (m *match) applyVariant() {
	for _, v := range m.dataset.Variants {
		if !m.all(v.When) || m.any(v.Unless) {
			continue
		}
		m.rename = v.Rename
		for i, b := range m.bindings {
			if to, ok := v.Rename[m.dataset.Fields[b.field].Name]; ok {
				m.bindings[i].field, m.bindings[i].before = m.dataset.Index(to), m.dataset.Fields[b.field].Name
			}
		}
	}
}

func (m *match) all(names []string) bool {
	return !slices.ContainsFunc(names, func(n string) bool { return m.fieldColumn(n) == nil })
}

func (m *match) any(names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return m.fieldColumn(n) != nil })
}

// essentials are the fields this shape of the dataset must have.
func (m *match) essentials() []string {
	for _, v := range m.dataset.Variants {
		if m.rename != nil && len(v.Essential) > 0 {
			return v.Essential
		}
	}
	return m.dataset.Essential
}

func (m *match) findMissing(ctx sheetContext) {
	for _, choice := range m.essentials() {
		found := false
		for _, name := range strings.Split(choice, "|") {
			found = found || m.has(name, ctx)
		}
		if !found {
			m.missing = append(m.missing, choice)
		}
	}
}

// has reports that a field is given by a column, a pivot, a banner or the sheet's own name.
func (m *match) has(name string, ctx sheetContext) bool {
	if m.fieldColumn(name) != nil || ctx.given[name] != "" {
		return true
	}
	p := m.dataset.Pivot
	switch {
	case name == p.Value && len(m.pivots) > 0:
		return true
	case name == p.Period && m.yearless:
		return false
	case name == p.Period && (len(m.pivots) > 0 && m.pivots[0].dated || ctx.period.Year != 0):
		return true
	case name == p.Period && p.Day != "" && m.fieldColumn(p.Day) != nil:
		return true
	case name == p.Label && slices.ContainsFunc(m.pivots, func(c pivotColumn) bool { return c.label != "" }):
		return true
	case name == m.dataset.TitleField && ctx.subject(m.dataset) != "":
		return true
	}
	f, _ := m.dataset.Field(name)
	said, _ := ctx.banner(f.Banner)
	return said != ""
}

// weigh scores the reading: fields found, essential ones twice, against columns nobody knows.
func (m *match) weigh() {
	essentials := strings.Join(m.essentials(), "|")
	for _, b := range m.bindings {
		m.score += b.score
		if slices.Contains(strings.Split(essentials, "|"), m.dataset.Fields[b.field].Name) {
			m.score += b.score
		}
	}
	m.score += 1.5 * float64(min(len(m.pivots), 4))
	m.score -= 0.4 * float64(len(m.free))
	m.score -= 3 * float64(len(m.missing))
	if m.titled {
		m.score += 2
	}
}

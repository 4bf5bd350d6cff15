package ingest_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"taizhang/ledger"
)

// model is the record as plain lists: every row ever written, and when its batch was committed and undone.
type model struct {
	tables  map[string]map[string][]modelRow // area and dataset -> key -> rows, in the order they were written
	batches map[uint64]*modelBatch
	order   []uint64
	moments []time.Time // of commits and undos, rising
}

type modelRow struct {
	batch     uint64
	line      uint32
	effective time.Time
	deleted   bool
	part      string
	values    [2]string
}

type modelBatch struct {
	area              string
	content           string // of an import
	committed, undone time.Time
	last              time.Time // the greatest day its rows speak of
	rows              map[string]uint64
}

// endless is later than every record time.
var endless = time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC)

func newModel() *model {
	return &model{tables: map[string]map[string][]modelRow{}, batches: map[uint64]*modelBatch{}}
}

func (m *model) table(area string, d *ledger.Dataset) map[string][]modelRow {
	name := area + "/" + d.Name
	if m.tables[name] == nil {
		m.tables[name] = map[string][]modelRow{}
	}
	return m.tables[name]
}

// visible reports that a batch counts by what is known at a moment.
func (m *model) visible(batch uint64, known time.Time) bool {
	b := m.batches[batch]
	return b != nil && !b.committed.After(known) && (b.undone.IsZero() || b.undone.After(known))
}

// on is the row of a key that counts under both clocks, which may be a removal.
func (m *model) on(rows []modelRow, asof, known time.Time) (best modelRow, found bool) {
	for _, r := range rows {
		if !m.visible(r.batch, known) || r.effective.After(asof) {
			continue
		}
		if !found || cmp.Or(r.effective.Compare(best.effective), cmp.Compare(r.batch, best.batch), cmp.Compare(r.line, best.line)) > 0 {
			best, found = r, true
		}
	}
	return best, found
}

// stands is the row of a key that stands under both clocks.
func (m *model) stands(rows []modelRow, asof, known time.Time) (modelRow, bool) {
	r, found := m.on(rows, asof, known)
	return r, found && !r.deleted
}

// standing says what stands in a dataset under both clocks, a line a row.
func (m *model) standing(area string, d *ledger.Dataset, asof, known time.Time) []string {
	list := []string{}
	for key, rows := range m.table(area, d) {
		if r, stands := m.stands(rows, asof, known); stands {
			list = append(list, r.said(key))
		}
	}
	slices.Sort(list)
	return list
}

func (r modelRow) said(key string) string {
	return fmt.Sprintf("%s [%s] from %s by %s", key, strings.Join(r.values[:], " "), r.effective.Format(time.DateOnly), r.token())
}

// token is what a form hands back for the row. Lines of removals of an import are in no order, and nobody sees them.
func (r modelRow) token() string { return fmt.Sprintf("%d.%d", r.batch, r.line) }

// newest is the greatest day that batches which count now speak of.
func (m *model) newest(area string) time.Time {
	var newest time.Time
	for id, b := range m.batches {
		if b.area == area && m.visible(id, endless) && b.last.After(newest) {
			newest = b.last
		}
	}
	return newest
}

// commit adds a batch with the rows it wrote, by dataset and key.
func (m *model) commit(b ledger.Batch, content string, written map[*ledger.Dataset]map[string]modelRow) error {
	one := &modelBatch{area: b.Area, content: content, committed: b.CommittedAt, rows: map[string]uint64{}}
	for d, rows := range written {
		table := m.table(b.Area, d)
		for key, r := range rows {
			r.batch = b.ID
			table[key] = append(table[key], r)
			if r.effective.After(one.last) {
				one.last = r.effective
			}
		}
		if len(rows) > 0 {
			one.rows[d.Name] = uint64(len(rows))
		}
		if b.Rows[d.Name] != uint64(len(rows)) {
			return fmt.Errorf("batch %d says it has %d rows of %s, it must have %d", b.ID, b.Rows[d.Name], d.Name, len(rows))
		}
	}
	m.batches[b.ID], m.order = one, append(m.order, b.ID)
	return m.moment(b.CommittedAt)
}

// moment notes a record time, which has to be later than all before it.
func (m *model) moment(at time.Time) error {
	if n := len(m.moments); n > 0 && !at.After(m.moments[n-1]) {
		return fmt.Errorf("the record time %s does not come after %s", at, m.moments[n-1])
	}
	m.moments = append(m.moments, at)
	return nil
}

// history is what the history of an area must list, the newest first.
func (m *model) history(area string, known time.Time) []string {
	list := []string{}
	for _, id := range slices.Backward(m.order) {
		b := m.batches[id]
		if b.area != area || b.committed.After(known) {
			continue
		}
		list = append(list, saidBatch(id, b.rows, b.committed, b.undone, known))
	}
	return list
}

func saidBatch(id uint64, rows map[string]uint64, committed, undone, known time.Time) string {
	said := fmt.Sprintf("%d %v %s", id, rows, committed.UTC().Format(time.RFC3339Nano))
	if !undone.IsZero() && !undone.After(known) {
		said += " undone " + undone.UTC().Format(time.RFC3339Nano)
	}
	return said
}

// rewritten counts the keys of a batch that later ones, which count, have written again.
func (m *model) rewritten(id uint64) uint64 {
	n := uint64(0)
	for name := range m.batches[id].rows {
		for _, rows := range m.tables[m.batches[id].area+"/"+name] {
			mine := slices.ContainsFunc(rows, func(r modelRow) bool { return r.batch == id })
			if mine && slices.ContainsFunc(rows, func(r modelRow) bool { return r.batch > id && m.visible(r.batch, endless) }) {
				n++
			}
		}
	}
	return n
}

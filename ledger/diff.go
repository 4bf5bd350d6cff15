package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// DiffQuery asks what a dataset says under one pair of clocks and not under another.
type DiffQuery struct {
	Dataset  *Dataset
	From, To Clock
	Filter   Filter // only rows that meet it at one of the ends; nil: all
	// Latest names a Name field: then not rows are compared but, per name, the row that stood last, such as the newest
	// weekly report of every project. Empty: row by row, by key.
	Latest string
}

// DiffKind is what became of a row between two clocks.
type DiffKind string

// What becomes of a row. Reopened is one that was removed and stands again, or was closed (Dataset.Closing) and is open again.
const (
	DiffAdded    DiffKind = "added"
	DiffChanged  DiffKind = "changed"
	DiffRemoved  DiffKind = "removed"
	DiffReopened DiffKind = "reopened"
)

// Difference is one row that differs, with what made it so.
type Difference struct {
	Kind      DiffKind  `json:"kind"`
	Dataset   string    `json:"dataset"`
	Key       string    `json:"key"`
	Name      string    `json:"name"` // the values that name the row, for people
	Effective time.Time `json:"effective"`
	// Fields are the differing ones; of an added row those that hold something, of a removed one those that held something.
	Fields []FieldDiff `json:"fields"`
	// Source is the batch that made the row so: who brought it, when, by which file and sheet or form.
	Source Origin `json:"source"`
	// Undone is set when an undo made the difference: the batch that was undone; Source then says by whom and when.
	Undone uint64 `json:"undone,omitempty"`
}

// FieldDiff is a field's old and new value, as exports write them, with marks, and where the new one was set.
type FieldDiff struct {
	Field   Field   `json:"-"`
	Name    string  `json:"field"`
	Was     string  `json:"was"`
	WasMark string  `json:"was_mark,omitempty"`
	Now     string  `json:"now"`
	NowMark string  `json:"now_mark,omitempty"`
	From    *Origin `json:"from,omitempty"`
}

// Diff lists what differs between two clocks, in the order of keys. Only rows that can differ are read twice: those of
// batches that became visible or were undone between the record times, and those of days between the effective days.
func (l *Ledger) Diff(ctx context.Context, q DiffQuery) ([]Difference, error) {
	l = l.In(q.To.Area)
	w, err := newDiffer(l, q)
	if err != nil {
		return nil, err
	}
	from, err := w.read(ctx, "a")
	if err != nil {
		return nil, err
	}
	to, err := w.read(ctx, "b")
	if err != nil {
		return nil, err
	}
	list := []Difference{}
	for chunk := range slices.Chunk(movedUnits(from, to), diffChunk) {
		some, err := w.differences(ctx, chunk, from, to)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	return list, nil
}

// movedUnits are the units for which another version counts at the two ends, in order.
func movedUnits(from, to map[string]side) []string {
	moved := []string{}
	for unit, now := range to {
		if was, had := from[unit]; was.token != now.token && !(now.deleted && (!had || was.deleted)) {
			moved = append(moved, unit)
		}
	}
	for unit, was := range from {
		if _, has := to[unit]; !has && !was.deleted {
			moved = append(moved, unit)
		}
	}
	slices.Sort(moved)
	return moved
}

// diffChunk is how many differing rows are read in full at once.
const diffChunk = 5000

// differ is one call of Diff.
type differ struct {
	ledger  *Ledger
	query   DiffQuery
	dataset *Dataset
	unit    string // the column that tells what is compared apart
	where   string // the filter's conditions
	params  Params
}

// side is the version of a unit that counts at one end; it may be a removal.
type side struct {
	token   versionToken
	deleted bool
}

func newDiffer(l *Ledger, q DiffQuery) (*differ, error) {
	w := &differ{ledger: l, query: q, dataset: q.Dataset, unit: "key"}
	if q.Latest != "" {
		f, ok := q.Dataset.Field(q.Latest)
		if !ok || f.Kind != Name {
			return nil, unknownField(q.Dataset, q.Latest)
		}
		w.unit = KeyColumn(q.Latest)
	}
	var err error
	if w.where, w.params, err = q.Dataset.where(q.Filter); err != nil {
		return nil, err
	}
	first, last := q.From.Asof, q.To.Asof
	if first.After(last) {
		first, last = last, first
	}
	a, b := q.From.Params(), q.To.Params()
	for name, value := range map[string]string{"area": b["area"], "asof_a": a["asof"], "known_a": a["known"], "asof_b": b["asof"], "known_b": b["known"],
		"first": first.Format(time.DateOnly), "last": last.Format(time.DateOnly)} {
		w.params[name] = value
	}
	return w, nil
}

// visibleAt selects the batches that a reader at a parameter's record time sees.
func visibleAt(param string) string { return strings.ReplaceAll(visible, "{known:", "{"+param+":") }

// candidates selects the units that can differ, and of a filter those of which a version met it.
func (w *differ) candidates() string {
	ends := fmt.Sprintf("SELECT batch FROM (%s UNION ALL %s) GROUP BY batch", visibleAt("known_a"), visibleAt("known_b"))
	sql := fmt.Sprintf(`SELECT %[1]s FROM %[2]s WHERE area = {area:String} AND effective <= {last:Date32} AND (batch IN (%[3]s HAVING count() = 1)
		OR effective > {first:Date32} AND batch IN (%[3]s))`, w.unit, w.dataset.Name, ends)
	if len(w.query.Filter) > 0 {
		sql += fmt.Sprintf(" AND %s IN (SELECT %[1]s FROM %s WHERE area = {area:String} AND %s)", w.unit, w.dataset.Name, w.where)
	}
	return sql
}

// read finds the version of every candidate that counts at an end ("a" or "b"). Only the columns that decide it are
// read: a candidate's whole history may be long.
func (w *differ) read(ctx context.Context, end string) (map[string]side, error) {
	columns := "key, effective, batch, line, deleted"
	if w.unit != "key" {
		columns += ", " + w.unit
	}
	sql := fmt.Sprintf(`SELECT %[1]s FROM %[2]s WHERE area = {area:String} AND %[3]s IN (%[4]s) AND effective <= {asof_%[5]s:Date32} AND batch IN (%[6]s)
		ORDER BY key, effective DESC, batch DESC, line DESC LIMIT 1 BY key`,
		columns, w.dataset.Name, w.unit, w.candidates(), end, visibleAt("known_"+end))
	if w.unit != "key" {
		sql = fmt.Sprintf("SELECT * FROM (%s) WHERE NOT deleted ORDER BY %s, effective DESC, batch DESC, line DESC LIMIT 1 BY %[2]s", sql, w.unit)
	}
	rows, err := w.ledger.conn.Query(Bind(ctx, w.params), fmt.Sprintf("SELECT %s AS unit, batch, line, deleted FROM (%s)", w.unit, sql))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	sides := map[string]side{}
	for rows.Next() {
		var unit string
		var s side
		if err := rows.Scan(&unit, &s.token.batch, &s.token.line, &s.deleted); err != nil {
			return nil, err
		}
		sides[unit] = s
	}
	return sides, rows.Err()
}

// differences words the units of a chunk that say something else at the two ends.
func (w *differ) differences(ctx context.Context, units []string, from, to map[string]side) ([]Difference, error) {
	var tokens []versionToken
	for _, unit := range units {
		for _, end := range []map[string]side{from, to} {
			if s, ok := end[unit]; ok {
				tokens = append(tokens, s.token)
			}
		}
	}
	records, err := w.ledger.recordsOf(ctx, w.dataset, tokens)
	if err != nil {
		return nil, err
	}
	var pairs []pair
	shown := []Record{}
	for _, unit := range units {
		p := pair{dataset: w.dataset, known: w.query.To.Known, was: records[from[unit].token], now: records[to[unit].token]}
		if stands(p.was) && stands(p.now) && len(w.dataset.differing(p.was, p.now)) == 0 || !p.meets(w.query.Filter) {
			continue
		}
		pairs = append(pairs, p)
		for _, r := range []*Record{p.was, p.now} {
			if r != nil {
				shown = append(shown, *r)
			}
		}
	}
	return w.word(ctx, pairs, shown)
}

// word adds to differing pairs where everything came from.
func (w *differ) word(ctx context.Context, pairs []pair, shown []Record) ([]Difference, error) {
	versions, err := w.ledger.versions(ctx, w.dataset, shown)
	if err != nil {
		return nil, err
	}
	byToken := make(map[versionToken]*Version, len(versions))
	for i := range versions {
		byToken[shown[i].token()] = &versions[i]
	}
	list := make([]Difference, 0, len(pairs))
	for _, p := range pairs {
		list = append(list, p.difference(byToken))
	}
	return list, nil
}

// recordsOf reads rows by their tokens, whether their batches still count or not.
func (l *Ledger) recordsOf(ctx context.Context, d *Dataset, tokens []versionToken) (map[versionToken]*Record, error) {
	found := make(map[versionToken]*Record, len(tokens))
	if len(tokens) == 0 {
		return found, nil
	}
	names, batches := make([]string, len(tokens)), []string{}
	seen := map[uint64]bool{}
	for i, t := range tokens {
		if names[i] = t.String(); !seen[t.batch] {
			seen[t.batch] = true
			batches = append(batches, fmt.Sprint(t.batch))
		}
	}
	sql := fmt.Sprintf(`SELECT %s FROM %s WHERE area = {area:String} AND batch IN {batches:Array(UInt64)} AND concat(toString(batch), '.', toString(line)) IN %s
		AND batch IN (SELECT batch FROM batches WHERE event = 'commit')`, d.selectList(), d.Name, listed("tokens"))
	params := Params{"area": l.Area(), "batches": "[" + strings.Join(batches, ",") + "]", "tokens": bound(names)}
	err := l.records(Bind(ctx, params), d, sql, func(r Record) error { found[r.token()] = &r; return nil })
	return found, err
}

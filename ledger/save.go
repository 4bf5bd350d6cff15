package ledger

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"taizhang/internal/text"
)

// Save is what a person saves by a form: one batch of kind "form", made visible by one commit row, undone like an import.
type Save struct {
	By      string
	Comment string     // why, in the person's words
	Day     *time.Time // the day the rows speak of; nil: the record's today. Rows of a dataset that say their own day ignore it
	Entries []Entry
	// Problems are the warnings the values came with; they are kept with the batch.
	Problems []Problem
	Attached []File // as those of a Load
}

// Entry is one row of a Save: a new one, a change of one that stands, or its removal.
type Entry struct {
	Dataset *Dataset
	Key     string // empty for a new row, whose key its values make
	// Seen is the token of the version the person saw (Version.Version); empty or NoVersion: none stood.
	Seen    string
	Remove  bool
	Changes map[string]Change // the changed fields only; the others stay as they stand
}

// Change is a field's new value.
type Change struct {
	Value any    // as Row.Values wants it, nil for NULL
	Mark  string // precision of a date, qualifier of a number
	Raw   string // as typed
}

// Saved says what became of a Save. Batch is nil when nothing differed from what stands, and nothing was stored.
type Saved struct {
	Batch   *Batch       `json:"batch"`
	Entries []SavedEntry `json:"entries"`
}

// SavedEntry is what became of one entry, in the order of Save.Entries.
type SavedEntry struct {
	Dataset   string    `json:"dataset"`
	Key       string    `json:"key"`
	Version   string    `json:"version"` // the token of the row that was written, or of the one that stays
	Effective time.Time `json:"effective"`
	State     State     `json:"state"`             // new, changed, unchanged or removed
	Changed   []string  `json:"changed,omitempty"` // fields
	// Shadowed is set when the entry corrects the past: from that day on a later row counts as before.
	Shadowed *time.Time `json:"shadowed,omitempty"`
}

// RowRemoved is the State of an entry that took its row out of the record.
const RowRemoved State = "removed"

// errNothingToSave ends a load before anything is written.
var errNothingToSave = errors.New("nothing to save")

// Save stores what a person typed over what they saw. Under the write lock every entry's standing row is read; when
// one is not the version the person saw and says something else, nothing is stored and the error is a *Clash (kind
// Conflict). A new row whose key stands already is a Clash too.
func (l *Ledger) Save(ctx context.Context, s Save) (Saved, error) {
	if len(s.Entries) == 0 {
		return Saved{}, Fail(Invalid, text.T("save.empty"))
	}
	p := &plan{ledger: l, save: s, today: Today(l.Now())}
	b, err := l.Load(ctx, Load{Kind: "form", By: s.By, Mode: "all", Asof: s.Day, Comment: s.Comment, Problems: s.Problems, Attached: s.Attached,
		Datasets: s.datasets(), Check: p.check, Each: p.each})
	if errors.Is(err, errNothingToSave) {
		return Saved{Entries: p.done}, nil
	}
	if err != nil {
		return Saved{}, err
	}
	lines := map[*Dataset]uint32{}
	for i := range p.done {
		if p.done[i].State != RowUnchanged {
			d := s.Entries[i].Dataset
			p.done[i].Version = versionToken{b.ID, lines[d]}.String()
			lines[d]++
		}
	}
	return Saved{Batch: &b, Entries: p.done}, nil
}

// datasets are those the entries are of, each once.
func (s Save) datasets() []*Dataset {
	var list []*Dataset
	for _, e := range s.Entries {
		if !slices.Contains(list, e.Dataset) {
			list = append(list, e.Dataset)
		}
	}
	return list
}

// plan turns a Save into rows once nobody else writes.
type plan struct {
	ledger *Ledger
	save   Save
	today  time.Time
	day    time.Time // of rows that do not say their own
	done   []SavedEntry
	rows   []plannedRow
	clash  Clash
	load   *Load
}

type plannedRow struct {
	dataset *Dataset
	row     Row
}

// check holds every entry against what stands; it writes nothing.
func (p *plan) check(ctx context.Context, load *Load) error {
	if err := p.settleDay(ctx); err != nil {
		return err
	}
	p.load, p.done, p.rows = load, []SavedEntry{}, nil
	seen := map[string]bool{}
	for i, e := range p.save.Entries {
		if err := p.entry(ctx, i, e); err != nil {
			return err
		}
		at := e.Dataset.Name + "\x00" + p.done[i].Key
		if seen[at] {
			return Fail(Invalid, text.T("save.twice", p.done[i].Key))
		}
		seen[at] = true
	}
	if len(p.clash.Entries) > 0 {
		return &p.clash
	}
	if len(p.rows) == 0 {
		return errNothingToSave
	}
	return nil
}

// settleDay is the day chosen, or the record's today; a day that has not come is refused.
func (p *plan) settleDay(ctx context.Context) error {
	if p.save.Day == nil {
		clock, err := p.ledger.Clock(ctx, "", "")
		p.day = clock.Asof
		return err
	}
	if p.day = *p.save.Day; p.day.After(p.today) {
		return Fail(Invalid, text.T("save.future_day", p.day.Format(time.DateOnly), p.today.Format(time.DateOnly)))
	}
	return nil
}

func (p *plan) each(add func(*Dataset, Row) error) error {
	for _, r := range p.rows {
		if err := add(r.dataset, r.row); err != nil {
			return err
		}
	}
	return nil
}

// entry plans one entry, or notes that it clashes.
func (p *plan) entry(ctx context.Context, i int, e Entry) error {
	d := e.Dataset
	token, ok := parseToken(e.Seen)
	if !ok {
		return Fail(Invalid, text.T("save.bad_version", e.Seen))
	}
	for name := range e.Changes {
		if f, known := d.Field(name); !known || !f.Stored() {
			return Fail(Invalid, text.T("error.unknown_field", d.Name, name))
		}
	}
	key := e.Key
	if key == "" {
		key = d.KeyOf(e.values(make([]any, len(d.Fields))))
	}
	list, err := p.ledger.states(ctx, d, key, endOfTime)
	if err != nil {
		return err
	}
	day := p.day
	if d.Effective != "" {
		day = p.today // the row says its own day, and its key mostly does
	}
	was := stateOn(list, day)
	if was != nil && was.Deleted {
		was = nil
	}
	seen, err := p.seen(ctx, d, token, list)
	if err != nil {
		return err
	}
	if !p.agrees(d, token, seen, was) {
		p.done = append(p.done, SavedEntry{Dataset: d.Name, Key: key})
		return p.clashes(ctx, i, sides{entry: e, key: key, seen: seen, now: was, day: day, later: shadowOf(list, day)})
	}
	return p.write(e, key, was, list)
}

// values are those of a row with the entry's changes made.
func (e Entry) values(base []any) []any {
	values := slices.Clone(base)
	for name, change := range e.Changes {
		values[e.Dataset.Index(name)] = change.Value
	}
	return values
}

// seen is the version the person saw, whether it still stands or not; nil when they saw none.
func (p *plan) seen(ctx context.Context, d *Dataset, token versionToken, list []Record) (*Record, error) {
	if token.batch == 0 {
		return nil, nil
	}
	for i := range list {
		if list[i].token() == token {
			return &list[i], nil
		}
	}
	found, err := p.ledger.recordOf(ctx, d, token)
	if err == nil && found == nil {
		err = Fail(Invalid, text.T("save.bad_version", token.String()))
	}
	return found, err
}

// agrees reports that what stands is what the person saw, or says the very same.
func (p *plan) agrees(d *Dataset, token versionToken, seen, now *Record) bool {
	if now == nil || seen == nil {
		return now == nil && token.batch == 0
	}
	return now.token() == token || now.Key == seen.Key && len(d.differing(seen, now)) == 0
}

// write plans the row of an entry that may be stored; one that changes nothing is left out.
func (p *plan) write(e Entry, key string, was *Record, list []Record) error {
	d := e.Dataset
	if d.Flow != nil {
		e = d.Flow.complete(e, was)
	}
	row, done := p.compose(e, was)
	done.Dataset, done.Key = d.Name, key
	if done.State == RowUnchanged {
		done.Version, done.Effective = NoVersion, row.Effective
		if was != nil {
			done.Version = was.token().String()
		}
		p.done = append(p.done, done)
		return nil
	}
	if !e.Remove {
		if row.Values[d.Index(d.Subject)] == nil {
			f, _ := d.Field(d.Subject)
			return Fail(Invalid, text.T("save.nameless", f.Zh))
		}
		if d.Flow != nil {
			if err := d.Flow.check(e, was, row.Values); err != nil {
				return err
			}
		}
		if was != nil && d.KeyOf(row.Values) != d.KeyOf(d.incoming(was.Values)) {
			return Fail(Invalid, text.T("save.key_changed", key))
		}
	}
	row.Key = key
	day := effectiveDay(&row, p.today)
	done.Effective, done.Shadowed = day, shadowOf(list, day)
	row.Source = uint32(len(p.load.Sources))
	p.load.Sources = append(p.load.Sources, sourceOfForm(d, done.Changed, was))
	p.done, p.rows = append(p.done, done), append(p.rows, plannedRow{d, row})
	return nil
}

// compose makes the row: the changes over what stands, or a removal.
func (p *plan) compose(e Entry, was *Record) (Row, SavedEntry) {
	d := e.Dataset
	row, done := Row{Values: make([]any, len(d.Fields)), Effective: p.day, Marks: map[string]string{}}, SavedEntry{State: RowNew}
	if was != nil {
		row.Values, done.State = d.incoming(was.Values), RowChanged
		maps.Copy(row.Marks, was.Marks)
		if d.Effective != "" {
			row.Effective = was.Effective
		}
	}
	if e.Remove {
		row.Deleted, done.State = true, RowRemoved
		if was == nil {
			done.State = RowUnchanged
		}
		return row, done
	}
	for _, f := range d.Fields {
		change, typed := e.Changes[f.Name]
		at := d.Index(f.Name)
		if !typed || f.kept(change.Value) == f.kept(row.Values[at]) && change.Mark == row.Marks[f.Name] {
			continue
		}
		row.Values[at], row.Raw = change.Value, append(row.Raw, change.Raw)
		done.Changed = append(done.Changed, f.Name)
		if row.Marks[f.Name] = change.Mark; change.Mark == "" {
			delete(row.Marks, f.Name)
		}
		if day, ok := change.Value.(Day); ok && f.Name == d.Effective {
			row.Effective = day.To
		}
	}
	if len(done.Changed) == 0 {
		done.State = RowUnchanged
	}
	return row, done
}

// sourceOfForm says which fields a form set, and which version's other values it carries on.
func sourceOfForm(d *Dataset, changed []string, was *Record) Source {
	s := Source{Dataset: d.Name, Fields: []string{}, Columns: []string{}}
	for _, name := range changed {
		s.Fields, s.Columns = append(s.Fields, name), append(s.Columns, FromForm)
	}
	if was != nil {
		s.Fields, s.Columns = append(s.Fields, basedOn), append(s.Columns, was.token().String())
	}
	return s
}

package ledger

import (
	"slices"
	"strings"
	"time"

	"taizhang/internal/text"
)

// Closing says when a row counts as closed: its Field holds one of Values.
type Closing struct {
	Field  string
	Values []string
}

func unknownField(d *Dataset, field string) error {
	return Fail(Invalid, text.T("error.unknown_field", d.Name, field))
}

// pair is one row at both ends of a Diff; either may be nil, or a removal.
type pair struct {
	dataset  *Dataset
	known    time.Time // of the later end
	was, now *Record
}

func stands(r *Record) bool { return r != nil && !r.Deleted }

// standing is the record at an end, nil for a removal.
func standing(r *Record) *Record {
	if stands(r) {
		return r
	}
	return nil
}

func (p pair) difference(versions map[versionToken]*Version) Difference {
	shown := p.now
	if !stands(shown) {
		shown = p.was
	}
	d := Difference{Kind: p.kind(), Dataset: p.dataset.Name, Key: shown.Key, Name: p.dataset.title(shown), Effective: shown.Effective, Fields: []FieldDiff{}}
	for _, c := range p.dataset.differing(standing(p.was), standing(p.now)) {
		f := FieldDiff{Field: c.Field, Name: c.Field.Name, Was: c.Was, WasMark: c.WasMark, Now: c.Now, NowMark: c.NowMark}
		if stands(p.now) {
			f.From = versions[p.now.token()].from(c.Field.Name)
		}
		d.Fields = append(d.Fields, f)
	}
	d.Source, d.Undone = p.source(versions)
	return d
}

func (p pair) kind() DiffKind {
	switch was, now := stands(p.was), stands(p.now); {
	case !now:
		return DiffRemoved
	case !was && p.was != nil:
		return DiffReopened
	case !was:
		return DiffAdded
	}
	if p.dataset.closed(p.was) && !p.dataset.closed(p.now) {
		return DiffReopened
	}
	return DiffChanged
}

// closed reports whether a row counts as closed.
func (d *Dataset) closed(r *Record) bool {
	if d.Closing.Field == "" {
		return false
	}
	at := slices.IndexFunc(d.StoredFields(), func(f Field) bool { return f.Name == d.Closing.Field })
	return at >= 0 && slices.Contains(d.Closing.Values, Plain(r.Values[at]))
}

// from is where a field's value was set, or what emptied it.
func (v *Version) from(field string) *Origin {
	o := originOf(v.Batch, v.Effective, v.Sheet, "", "")
	if traced, found := v.Field(field); found {
		o = v.Of(traced)
	}
	return &o
}

// source is what made the row differ: the batch of the new version or its removal, or the undo of the old one.
func (p pair) source(versions map[versionToken]*Version) (Origin, uint64) {
	if p.was != nil {
		was := versions[p.was.token()]
		older := p.now == nil || p.now.Batch < was.Batch.ID
		if b := was.Batch; older && b.UndoneAt != nil && !b.UndoneAt.After(p.known) {
			o := originOf(b, was.Effective, was.Sheet, "", "")
			o.By, o.At = b.UndoneBy, *b.UndoneAt
			return o, b.ID
		}
	}
	v := p.now
	if v == nil {
		v = p.was
	}
	from := versions[v.token()]
	return originOf(from.Batch, from.Effective, from.Sheet, "", ""), 0
}

// meets reports whether the row meets a filter at one of the ends.
func (p pair) meets(filter Filter) bool {
	return p.dataset.meets(standing(p.was), filter) || p.dataset.meets(standing(p.now), filter)
}

// meets holds a record against a filter as where does in the engine.
func (d *Dataset) meets(r *Record, filter Filter) bool {
	if r == nil {
		return false
	}
	for i, f := range d.StoredFields() {
		want, asked := filter[f.Name]
		if !asked {
			continue
		}
		switch f.Kind {
		case Name:
			name, _ := r.Values[i].(string)
			if NameKey(name) != NameKey(want) {
				return false
			}
		case People:
			people, _ := r.Values[i].([]string)
			if !slices.Contains(people, want) {
				return false
			}
		case Flag:
			if flag, ok := r.Values[i].(bool); !ok || (want == "true") != flag {
				return false
			}
		default:
			if Plain(r.Values[i]) != want {
				return false
			}
		}
	}
	return true
}

// title words the values that name a row, for people: those of its key and its subject.
func (d *Dataset) title(r *Record) string {
	var parts []string
	for i, f := range d.StoredFields() {
		if value := Plain(r.Values[i]); value != "" && !f.Hidden && (slices.Contains(d.Key, f.Name) || f.Name == d.Subject) {
			parts = append(parts, value)
		}
	}
	return strings.Join(parts, " · ")
}

package ledger

import (
	"context"
	"time"

	"taizhang/internal/text"
)

// ClashReason says why an entry could not be saved as it was typed.
type ClashReason string

// Why an entry clashes.
const (
	ClashChanged ClashReason = "changed" // another version stands than the one the person saw
	ClashExists  ClashReason = "exists"  // the row is new to the person and stands already
	ClashGone    ClashReason = "gone"    // the row the person saw does not stand any more
	ClashDay     ClashReason = "day"     // the person saw a later version than the one that stands on the day they chose
)

// Clash is the error of a Save that met other values than the person saw; nothing was stored.
type Clash struct {
	Entries []ClashEntry `json:"entries"`
}

// Error names the first clashing row.
func (c *Clash) Error() string { return AsError(c.Unwrap()).Error() }

// Unwrap makes it an Error of kind Conflict with a sentence.
func (c *Clash) Unwrap() error { return Fail(Conflict, c.Message()) }

// Message is the sentence for the person.
func (c *Clash) Message() text.Message {
	e := c.Entries[0]
	return text.T("save.clash."+string(e.Reason), e.Key)
}

// ClashEntry is one entry that met something else.
type ClashEntry struct {
	Entry  int          `json:"entry"` // its place in Save.Entries
	Key    string       `json:"key"`
	Reason ClashReason  `json:"reason"`
	Remove bool         `json:"remove,omitempty"` // the person wanted the row removed
	Stands Standing     `json:"stands"`           // what stands now; its Version is what the next Save must say was seen
	Fields []ClashField `json:"fields"`
}

// ClashField holds the three values of a field that somebody changed: as exports write them, with marks where there are any.
type ClashField struct {
	Field      Field  `json:"-"`
	Name       string `json:"field"`
	Saw        string `json:"saw"`
	SawMark    string `json:"saw_mark,omitempty"`
	Stands     string `json:"stands"`
	StandsMark string `json:"stands_mark,omitempty"`
	Wanted     string `json:"wanted"`
	WantedMark string `json:"wanted_mark,omitempty"`
	WantedRaw  string `json:"wanted_raw,omitempty"` // as typed
	// Changed says that the person changed the field, Moved that it stands otherwise than they saw; a choice is needed
	// where both are true and the values differ (Both).
	Changed bool `json:"changed"`
	Moved   bool `json:"moved"`
	Both    bool `json:"both"`
	// From is who set what stands now, where and when; nil when nothing stands.
	From *Origin `json:"from"`
}

// sides are the three versions of a clashing entry.
type sides struct {
	entry     Entry
	key       string
	seen, now *Record
	day       time.Time // the day that is saved for
	later     *time.Time
}

// clashes notes an entry with its three sides.
func (p *plan) clashes(ctx context.Context, i int, s sides) error {
	d := s.entry.Dataset
	stands, err := p.ledger.standingOf(ctx, d, s.key, s.now, s.later)
	if err != nil {
		return err
	}
	c := ClashEntry{Entry: i, Key: s.key, Reason: ClashChanged, Remove: s.entry.Remove, Stands: stands, Fields: []ClashField{}}
	switch {
	case s.now == nil:
		c.Reason = ClashGone
	case s.seen == nil:
		c.Reason = ClashExists
	case s.seen.Effective.After(s.day):
		c.Reason = ClashDay
	}
	next := 0
	for _, f := range d.Fields {
		if !f.Stored() {
			continue
		}
		if one := s.field(f, next, stands); one.Changed || one.Moved {
			c.Fields = append(c.Fields, one)
		}
		next++
	}
	p.clash.Entries = append(p.clash.Entries, c)
	return nil
}

// field holds the three values of the stored field at a place side by side.
func (s sides) field(f Field, at int, stands Standing) ClashField {
	c := ClashField{Field: f, Name: f.Name}
	c.Saw, c.SawMark = s.seen.said(f, at)
	c.Stands, c.StandsMark = s.now.said(f, at)
	c.Moved = c.Saw != c.Stands || c.SawMark != c.StandsMark
	c.Wanted, c.WantedMark = c.Saw, c.SawMark
	if change, typed := s.entry.Changes[f.Name]; typed {
		c.Wanted, c.WantedMark, c.WantedRaw = f.kept(change.Value), change.Mark, change.Raw
		c.Changed = c.Wanted != c.Saw || c.WantedMark != c.SawMark
	}
	c.Both = c.Changed && c.Moved && (c.Wanted != c.Stands || c.WantedMark != c.StandsMark)
	if traced, found := stands.Field(f.Name); found {
		from := stands.Of(traced)
		c.From = &from
	} else if s.now != nil {
		from := originOf(stands.Batch, stands.Effective, stands.Sheet, "", "")
		c.From = &from
	}
	return c
}

// said is what a record says of its stored field at a place; nothing for no record.
func (r *Record) said(f Field, at int) (value, mark string) {
	if r == nil {
		return "", ""
	}
	return Plain(r.Values[at]), r.Marks[f.Name]
}

// differing are the stored fields in which two records differ; one of them may be nil.
func (d *Dataset) differing(a, b *Record) []FieldChange {
	var list []FieldChange
	for i, f := range d.StoredFields() {
		c := FieldChange{Field: f}
		c.Was, c.WasMark = a.said(f, i)
		c.Now, c.NowMark = b.said(f, i)
		if c.Was != c.Now || c.WasMark != c.NowMark {
			list = append(list, c)
		}
	}
	return list
}

// recordOf reads one row by its token, whether its batch still counts or not; nil when there is none.
func (l *Ledger) recordOf(ctx context.Context, d *Dataset, token versionToken) (*Record, error) {
	found, err := l.recordsOf(ctx, d, []versionToken{token})
	return found[token], err
}

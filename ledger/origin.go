package ledger

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Origin is where a value was set: the cell of a file, or a form; who brought it and when it became known.
type Origin struct {
	Batch     uint64    `json:"batch"`
	Kind      string    `json:"kind"` // import or form
	File      string    `json:"file,omitempty"`
	Sheet     string    `json:"sheet,omitempty"`
	Cell      string    `json:"cell,omitempty"`
	Raw       string    `json:"raw,omitempty"` // as written there
	By        string    `json:"by"`
	At        time.Time `json:"at"`
	Effective time.Time `json:"effective"`
	// Given is true where no cell says it but a person did, for all rows of the file.
	Given bool `json:"given,omitempty"`
	// Correction is set where a person changed the cell before it was loaded: Raw is what the file says.
	Correction *Problem `json:"correction,omitempty"`
}

// Of is the origin of one of the version's fields.
func (v Version) Of(f Traced) Origin {
	if f.Origin != nil {
		return *f.Origin
	}
	o := originOf(v.Batch, v.Effective, v.Sheet, f.Cell, f.Raw)
	o.Given, o.Correction = f.Given, f.Correction
	return o
}

func originOf(b Batch, effective time.Time, sheet, cell, raw string) Origin {
	return Origin{Batch: b.ID, Kind: b.Kind, File: b.File, Sheet: sheet, Cell: cell, Raw: raw, By: b.By, At: b.CommittedAt, Effective: effective}
}

// Field finds a field among those that hold something.
func (v Version) Field(name string) (Traced, bool) {
	for _, f := range v.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Traced{}, false
}

// versionToken names one row of a dataset for good: the batch that brought it and its line there.
type versionToken struct {
	batch uint64
	line  uint32
}

func (t versionToken) String() string {
	if t.batch == 0 {
		return NoVersion
	}
	return fmt.Sprintf("%d.%d", t.batch, t.line)
}

// NoVersion is the token of a row that does not stand.
const NoVersion = "0"

// parseToken reads a token; ok is false when the text is none. Nothing is as good as NoVersion.
func parseToken(s string) (t versionToken, ok bool) {
	if s == "" || s == NoVersion {
		return t, true
	}
	batch, line, found := strings.Cut(s, ".")
	b, errB := strconv.ParseUint(batch, 10, 64)
	n, errN := strconv.ParseUint(line, 10, 32)
	return versionToken{b, uint32(n)}, found && errB == nil && errN == nil && b > 0
}

func (r Record) token() versionToken { return versionToken{r.Batch, r.Line} }

// placeOfSource is a batch and the number of one of its sources.
type placeOfSource struct {
	batch  uint64
	source uint32
}

// tracer finds out where the values of records were set.
type tracer struct {
	ledger  *Ledger
	dataset *Dataset
	batches map[uint64]Batch
	sources map[placeOfSource]Source
	rows    map[versionToken]Record // of keys that a form wrote: what it may have carried on
	// corrected are the cells that persons changed, a batch each.
	corrected map[uint64]map[[2]string]Problem
}

// follow reads the sources of records and, where forms wrote them, the versions before them.
func (t *tracer) follow(ctx context.Context, records []Record) error {
	if err := t.readSources(ctx, records); err != nil {
		return err
	}
	keys := map[string]bool{}
	for _, r := range records {
		if _, carried := t.base(r); carried {
			keys[r.Key] = true
		}
	}
	if len(keys) == 0 {
		return nil
	}
	list := make([]string, 0, len(keys))
	for key := range keys {
		list = append(list, key)
	}
	// Versions of batches undone since are read too: a value stays where it came from.
	sql := fmt.Sprintf("SELECT %s FROM %s WHERE area = {area:String} AND key IN %s", t.dataset.selectList(), t.dataset.Name, listed("keys"))
	ctx = Bind(ctx, Params{"area": t.ledger.area, "keys": bound(list)})
	var earlier []Record
	if err := t.ledger.records(ctx, t.dataset, sql, func(r Record) error {
		t.rows[r.token()] = r
		earlier = append(earlier, r)
		return nil
	}); err != nil {
		return err
	}
	return t.readSources(ctx, earlier)
}

// readSources reads where the rows of some batches stand, all at once.
func (t *tracer) readSources(ctx context.Context, records []Record) error {
	var batches []string
	for _, r := range records {
		id := strconv.FormatUint(r.Batch, 10)
		if _, known := t.sources[placeOfSource{r.Batch, r.Source}]; !known && !slices.Contains(batches, id) {
			batches = append(batches, id)
		}
	}
	if len(batches) == 0 {
		return nil
	}
	ctx = Bind(ctx, Params{"batches": "[" + strings.Join(batches, ",") + "]"})
	rows, err := t.ledger.conn.Query(ctx, `SELECT batch, source, dataset, sheet, header_row, fields, columns FROM sources
		WHERE batch IN {batches:Array(UInt64)}`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var at placeOfSource
		var s Source
		if err := rows.Scan(&at.batch, &at.source, &s.Dataset, &s.Sheet, &s.HeaderRow, &s.Fields, &s.Columns); err != nil {
			return err
		}
		t.sources[at] = s
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return t.readCorrections(ctx, batches)
}

// base is the version whose values a row carries on; false for a row that does not.
func (t *tracer) base(r Record) (versionToken, bool) {
	s := t.sources[placeOfSource{r.Batch, r.Source}]
	at := slices.Index(s.Fields, basedOn)
	if at < 0 {
		return versionToken{}, false
	}
	return parseToken(s.Columns[at])
}

func (t *tracer) version(r Record) Version {
	s := t.sources[placeOfSource{r.Batch, r.Source}]
	v := Version{Batch: t.batches[r.Batch], Version: r.token().String(), Dataset: t.dataset.Name, Key: r.Key,
		Effective: r.Effective, Deleted: r.Deleted, Sheet: s.Sheet, SheetRow: r.SheetRow}
	_, carries := t.base(r)
	for i, f := range t.dataset.StoredFields() {
		traced := Traced{Field: f, Name: f.Name, Value: Plain(r.Values[i]), Mark: r.Marks[f.Name]}
		traced.Cell, traced.Raw = s.cell(f.Name, r)
		traced.Given, traced.Correction = s.given(f.Name), t.correction(r.Batch, s.Sheet, traced.Cell)
		if traced.Value == "" && traced.Raw == "" && traced.Mark == "" {
			continue
		}
		if carries && !slices.Contains(s.Fields, f.Name) {
			traced.Origin = t.origin(r, f.Name)
		}
		v.Fields = append(v.Fields, traced)
	}
	return v
}

// origin walks back from a row to the version that set a field.
func (t *tracer) origin(r Record, field string) *Origin {
	for {
		base, carried := t.base(r)
		s := t.sources[placeOfSource{r.Batch, r.Source}]
		if !carried || slices.Contains(s.Fields, field) {
			cell, raw := s.cell(field, r)
			o := originOf(t.batches[r.Batch], r.Effective, s.Sheet, cell, raw)
			o.Given, o.Correction = s.given(field), t.correction(r.Batch, s.Sheet, cell)
			return &o
		}
		earlier, found := t.rows[base]
		// Batches only grow; anything else would walk in a circle.
		if !found || earlier.Batch >= r.Batch {
			return nil
		}
		r = earlier
	}
}

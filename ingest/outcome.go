// Package ingest turns a file of the office into typed rows and problems: it
// opens workbooks and CSV, finds tables and headers, recognises the dataset,
// reads values with their units and checks them. It writes nothing itself but
// hands the rows to the ledger. server and testkit import it.
package ingest

import (
	"context"
	"time"

	"taizhang/ledger"
)

// Status is what became of a file.
type Status string

// The fates of a file. Checked is a dry run of a file that would have been committed.
const (
	Committed Status = "committed"
	Checked   Status = "checked"
	Duplicate Status = "duplicate"
	Refused   Status = "refused"
)

// Options of reading and importing a file.
type Options struct {
	Dataset  string     // read every sheet as this dataset; empty: recognise
	Asof     *time.Time // the day the rows speak of where the sheet does not say
	DryRun   bool       // check, load nothing
	GoodRows bool       // load the rows without errors instead of refusing the file
	Mode     Mode       // what becomes of rows that stand in the record and are not in the file
	By       string     // who imports
	Now      time.Time  // the moment of the import; zero: time.Now
	Mappings []Mapping  // how a person wants tables to be read
	Known    []Known    // how tables with the same headers were read before; nil: as the record remembers
	Plain    bool       // read without what is remembered
	Fixes    []Fix      // what a person put in place of what stands in cells
	// Progress is told how many rows a stage (read, check, load) has done, and of how many: 0 while that is not known. It is
	// called from one goroutine at a time, not always the same one; may be nil.
	Progress func(stage string, done, total int)
	// Temp is the folder for rows of large files while they are read; empty: that of the system. Nothing is left in it.
	Temp string
}

// Outcome is what an import says of one file; it is the object `import --json` prints.
type Outcome struct {
	File     string           `json:"file"`
	Status   Status           `json:"status"`
	Batch    *uint64          `json:"batch"`
	Datasets []Count          `json:"datasets"`
	Beside   []Count          `json:"beside,omitempty"` // rows of the same cells that belong to other datasets: targets, ranks
	Changes  []Changes        `json:"changes"`          // what the rows without errors change in the record; empty for a file that was loaded before
	Problems []ledger.Problem `json:"problems"`
	Notes    []ledger.Problem `json:"notes,omitempty"` // information, nothing to mend
}

// Count says how many rows of a dataset stand on a sheet and how many were loaded. Sheet is null for CSV.
type Count struct {
	Name   string  `json:"name"`
	Sheet  *string `json:"sheet"`
	Rows   int     `json:"rows"`
	Loaded int     `json:"loaded"`
	Good   int     `json:"good"` // rows without an error
}

// Sheet is a recognised table with its rows, for the preview.
type Sheet struct {
	Dataset *ledger.Dataset
	Name    string // the sheet's name, empty for CSV
	Rows    *Rows
	Sources []ledger.Source
	Bad     RowSet // those of Rows that an error blocks
	Beside  bool
	frame   *frame // where its table stood; nil for rows beside
}

// File is a file as read and checked, before anything is loaded.
type File struct {
	Name     string
	Hash     string
	Content  []byte
	Sheets   []*Sheet
	Problems []ledger.Problem // errors and warnings
	Notes    []ledger.Problem
	// Layouts are the tables as they were understood, and the sheets nobody read.
	Layouts []*Layout
	offices []saidOffice
	hand    handwork
	// corrected are the cells a person changed, with what they hold in the file.
	corrected map[spot]Correction
	// texts are the cells that problems name, as they were read.
	texts map[spot]string
	// held is set once the file was held against the record.
	held bool
	// compared is what the file would change, or changed.
	compared *Comparison
	store    *rowStore
	today    time.Time
}

// Close lets the temporary file of a large file's rows go; rows cannot be looked at afterwards. A file that is never closed
// lets it go when it is collected.
func (f *File) Close() error {
	if f.store == nil {
		return nil
	}
	return f.store.close()
}

// newSheet begins the table of a dataset.
func (f *File) newSheet(d *ledger.Dataset, name string) *Sheet {
	if f.store == nil {
		f.store = &rowStore{}
	}
	return &Sheet{Dataset: d, Name: name, Rows: newRows(d, f.store)}
}

// Blocked reports whether a plain import refuses the file.
func (f *File) Blocked() bool {
	for _, p := range f.Problems {
		if p.Severity == ledger.SeverityError {
			return true
		}
	}
	return false
}

// Import reads a file and loads it as one batch. A refusal is an Outcome, not
// an error; an error means that the record could not be read or written.
func Import(ctx context.Context, l *ledger.Ledger, name string, content []byte, opt Options) (Outcome, error) {
	file, err := Prepare(ctx, l, name, content, opt)
	if err != nil {
		return Outcome{}, err
	}
	defer file.Close()
	return Commit(ctx, l, file, opt)
}

// Prepare reads a file and holds it against the record, for a preview; nothing is loaded.
func Prepare(ctx context.Context, l *ledger.Ledger, name string, content []byte, opt Options) (*File, error) {
	if opt.Known == nil && !opt.Plain {
		var err error
		if opt.Known, err = KnownMappings(ctx, l); err != nil {
			return nil, err
		}
	}
	file := Read(ctx, name, content, opt)
	err := file.holdAgainst(ctx, l)
	if err != nil {
		_ = file.Close()
	}
	return file, err
}

package ledger

import (
	"encoding/json"
	"time"
)

// Row is one row of a dataset on its way into the record.
//
// Values stand in the order of Dataset.Fields and are nil (NULL) or: string
// for text kinds, []string for People, decimal.Decimal for Money, Area, Number
// and Percent, int64 for Count, Day for Date and Period, bool for Flag.
type Row struct {
	Values    []any
	Source    uint32            // which Source of the load
	SheetRow  uint32            // 1-based row, or record of a CSV
	Rows      []uint32          // per Source column, when cells stand on other rows (merged cells)
	Raw       []string          // per Source column, the cell as written
	Marks     map[string]string // field -> precision of a date, qualifier of a number
	Effective time.Time         // the day the row speaks of
	Deleted   bool

	// Key is made by Load when empty; the reader sets it to keep two rows of one sheet apart.
	Key string
}

// Source says where on a sheet rows were read: field i from column i. A column is a letter ("C"),
// or a whole cell ("A2") when the value stands outside the table.
type Source struct {
	Dataset   string
	Sheet     string // empty for CSV
	HeaderRow uint32
	Fields    []string
	Columns   []string
}

// FromSheetName stands for the column of a value that no cell holds but the sheet's own name.
const FromSheetName = "#1"

// What a form saved has a Source of its own: the fields that the person changed, each from FromForm, and basedOn with
// the version ("batch.line") whose other values the row carries on. Lineage of those leads back through it.
const (
	FromForm = "#form"
	basedOn  = "#base"
)

// FromPerson stands for the column of a value that a person gave for all rows when the file was imported.
const FromPerson = "#2"

// Problem is something found in a file: where, what, and what was expected.
type Problem struct {
	Severity  Severity `json:"severity"`
	Dataset   string   `json:"dataset,omitempty"`
	Sheet     Optional `json:"sheet"`
	Cell      Optional `json:"cell"`
	Column    string   `json:"column"`
	Kind      string   `json:"kind"`
	Found     string   `json:"found"`
	Expected  string   `json:"expected"`
	Message   string   `json:"message"`
	MessageEn string   `json:"message_en,omitempty"`
}

// Optional is a text that may be absent; absent is null in JSON.
type Optional string

// MarshalJSON writes the text, or null when it is empty.
func (o Optional) MarshalJSON() ([]byte, error) {
	if o == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(o))
}

// UnmarshalJSON reads a text or null.
func (o *Optional) UnmarshalJSON(b []byte) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	*o = ""
	if s != nil {
		*o = Optional(*s)
	}
	return nil
}

package ledger

import (
	"context"
	"slices"
	"strings"
)

// Corrected is the kind of the problem that stands for a cell a person changed before its file was
// loaded: Found is what the file says, Expected what the person put, Message says who and when.
const Corrected = "corrected"

// readCorrections reads the corrected cells of some batches.
func (t *tracer) readCorrections(ctx context.Context, batches []string) error {
	ctx = Bind(ctx, Params{"batches": "[" + strings.Join(batches, ",") + "]", "kind": Corrected})
	rows, err := t.ledger.conn.Query(ctx, `SELECT batch, sheet, cell, found, expected, message_zh, message_en FROM problems
		WHERE batch IN {batches:Array(UInt64)} AND kind = {kind:String} ORDER BY batch, no`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var batch uint64
		var sheet, cell string
		p := Problem{Severity: SeverityNote, Kind: Corrected}
		if err := rows.Scan(&batch, &sheet, &cell, &p.Found, &p.Expected, &p.Message, &p.MessageEn); err != nil {
			return err
		}
		p.Sheet, p.Cell = Optional(sheet), Optional(cell)
		if t.corrected[batch] == nil {
			t.corrected[batch] = map[[2]string]Problem{}
		}
		t.corrected[batch][[2]string{sheet, cell}] = p
	}
	return rows.Err()
}

// correction is what a person made of a cell before its file was loaded, nil where nobody did.
func (t *tracer) correction(batch uint64, sheet, cell string) *Problem {
	p, ok := t.corrected[batch][[2]string{sheet, cell}]
	if !ok || cell == "" {
		return nil
	}
	return &p
}

// given reports that a person gave a field's value for all rows.
func (s Source) given(field string) bool {
	at := slices.Index(s.Fields, field)
	return at >= 0 && s.Columns[at] == FromPerson
}

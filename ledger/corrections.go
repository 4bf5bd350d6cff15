package ledger

import (
	"context"
	"fmt"
	"slices"
)

// Corrected is the kind of the problem that stands for a cell a person changed before its file was
// loaded: Found is what the file says, Expected what the person put, Message says who and when.
const Corrected = "corrected"

// corrections gives the corrected cells of a batch, by sheet and address.
func (l *Ledger) corrections(ctx context.Context, batch uint64) (map[[2]string]Problem, error) {
	rows, err := l.conn.Query(Bind(ctx, Params{"batch": fmt.Sprint(batch), "kind": Corrected}),
		`SELECT sheet, cell, found, expected, message_zh, message_en FROM problems WHERE batch = {batch:UInt64} AND kind = {kind:String} ORDER BY no`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[[2]string]Problem{}
	for rows.Next() {
		var sheet, cell string
		p := Problem{Severity: SeverityNote, Kind: Corrected}
		if err := rows.Scan(&sheet, &cell, &p.Found, &p.Expected, &p.Message, &p.MessageEn); err != nil {
			return nil, err
		}
		p.Sheet, p.Cell = Optional(sheet), Optional(cell)
		found[[2]string{sheet, cell}] = p
	}
	return found, rows.Err()
}

// correct names the person's correction at every value of a version that was read from a corrected cell.
func (v *Version) correct(corrected map[[2]string]Problem) {
	for i := range v.Fields {
		if p, ok := corrected[[2]string{v.Sheet, v.Fields[i].Cell}]; ok && v.Fields[i].Cell != "" {
			v.Fields[i].Correction = &p
		}
	}
}

// given reports that a person gave a field's value for all rows.
func (s Source) given(field string) bool {
	at := slices.Index(s.Fields, field)
	return at >= 0 && s.Columns[at] == FromPerson
}

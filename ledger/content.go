package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"taizhang/internal/text"
)

// Content gives back the office's own file of a batch, byte for byte, checked
// against the hash it came with.
func (l *Ledger) Content(ctx context.Context, b Batch) ([]byte, error) {
	ctx = Bind(ctx, Params{"batch": fmt.Sprint(b.ID), "hash": b.Hash})
	return l.joined(ctx, "SELECT content FROM files WHERE hash = {hash:String} AND batch = {batch:UInt64} ORDER BY part", b.Hash, Fail(NotFound, text.T("error.file_gone", b.ID)))
}

// joined puts the parts of a stored file together that a statement selects; gone is told where they are not what the hash was made of.
func (l *Ledger) joined(ctx context.Context, statement, hash string, gone error) ([]byte, error) {
	rows, err := l.conn.Query(ctx, statement)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var content []byte
	for rows.Next() {
		var part string
		if err := rows.Scan(&part); err != nil {
			return nil, err
		}
		content = append(content, part...)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != hash {
		return nil, gone
	}
	return content, nil
}

// Sources gives where on the sheets of a batch its rows were read.
func (l *Ledger) Sources(ctx context.Context, batch uint64) ([]Source, error) {
	rows, err := l.conn.Query(Bind(ctx, Params{"batch": fmt.Sprint(batch)}),
		"SELECT dataset, sheet, header_row, fields, columns FROM sources WHERE batch = {batch:UInt64} ORDER BY source")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []Source{}
	for rows.Next() {
		var s Source
		if err := rows.Scan(&s.Dataset, &s.Sheet, &s.HeaderRow, &s.Fields, &s.Columns); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// Standing counts the rows of every dataset that stand under a clock.
func (l *Ledger) Standing(ctx context.Context, clock Clock) (map[string]uint64, error) {
	l = l.In(clock.Area)
	parts := make([]string, len(All))
	for i, d := range All {
		parts[i] = fmt.Sprintf("SELECT '%[1]s' AS dataset, count() AS standing FROM %[1]s_at(asof = {asof:Date32}, known = {known:DateTime64(3,'UTC')}, area = {area:String})", d.Name)
	}
	rows, err := l.conn.Query(Bind(ctx, clock.Params()), strings.Join(parts, "\nUNION ALL "))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[string]uint64{}
	for rows.Next() {
		var name string
		var n uint64
		if err := rows.Scan(&name, &n); err != nil {
			return nil, err
		}
		counts[name] = n
	}
	return counts, rows.Err()
}

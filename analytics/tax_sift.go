package analytics

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// taxSift is the part of the area's tax that a question is about: what is declared in a building, what payers of an industry pay.
type taxSift struct {
	part   *TaxPart // nil: all of it
	place  string   // key of the building
	trades []string // the sheets' words for the industry
	// Who is of the industry by the tenants, for rows that state none: codes of companies, names of rows without a code, and names that no
	// tenant line has a code for.
	codes, names, bare []string
}

// params bind the part to the statements that read tax.
func (s taxSift) params() ledger.Params {
	return ledger.Params{"building": s.place, "sifted": strconv.FormatBool(s.part != nil && s.part.Industry != ""), "trades": textList(s.trades),
		"codes": textList(s.codes), "names": textList(s.names), "bare": textList(s.bare)}
}

// textList writes texts as a bound Array(String). The engine reads an array as it is bound, with the backslashes that ledger.Bind has put there.
func textList(list []string) string {
	parts := make([]string, len(list))
	for i, s := range list {
		parts[i] = "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return "[" + strings.Join(parts, ",") + "]"
}

// numberList writes numbers as a bound Array(UInt64).
func numberList(list []uint64) string {
	parts := make([]string, len(list))
	for i, n := range list {
		parts[i] = strconv.FormatUint(n, 10)
	}
	return "[" + strings.Join(parts, ",") + "]"
}

// taxSift finds what belongs to the part a question asks for.
func (a *Analytics) taxSift(ctx context.Context, q Question) (taxSift, error) {
	if q.Building == "" && q.Industry == "" {
		return taxSift{}, nil
	}
	s := taxSift{part: &TaxPart{Building: q.Building, Industry: q.Industry}, place: ledger.NameKey(q.Building)}
	if q.Industry == "" {
		return s, nil
	}
	err := a.each(ctx, "Tax.Trades", q, nil, func(rows driver.Rows) error {
		var code, name, trade string
		var codes []string
		if err := rows.Scan(&code, &name, &codes, &trade); err != nil {
			return err
		}
		switch {
		case !ofIndustry(trade, q.Industry):
		case name == "":
			s.trades = append(s.trades, trade)
		default:
			s.take(code, name, codes)
		}
		return nil
	})
	slices.Sort(s.codes)
	s.codes = slices.Compact(s.codes)
	return s, err
}

// take adds a tenant of the industry, by the rules a payer's industry is told by.
func (s *taxSift) take(code, name string, codes []string) {
	switch {
	case code != "":
		s.codes = append(s.codes, code)
	case len(codes) == 1:
		s.codes = append(s.codes, codes[0])
	}
	if len(codes) <= 1 {
		s.names = append(s.names, name)
	}
	if len(codes) == 0 {
		s.bare = append(s.bare, name)
	}
}

// ofIndustry reports whether a word is of the industry asked for: a section by its letter, else the word itself.
func ofIndustry(word, asked string) bool {
	letter, known := SectionOf(word)
	if of, section := SectionOf(asked); section {
		return known && letter == of
	}
	return !known && word == asked
}

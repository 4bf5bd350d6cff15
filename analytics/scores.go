package analytics

import (
	"cmp"
	"context"
	"errors"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"

	"taizhang/internal/text"
	"taizhang/ledger"
)

func asError(err error, into **ledger.Error) bool { return errors.As(err, into) }

// drawNames are the kinds as addresses write them.
var drawNames = map[string]string{ledger.ScoredGrid: "grid", ledger.ScoredPerson: "person"}

// DrawName is what the page of a draw is called: 2016-06-27-grid.
func DrawName(day Date, kind string) string {
	return day.String() + "-" + cmp.Or(drawNames[kind], kind)
}

// RosterLine is a grid or person on the list that days are drawn from.
type RosterLine struct {
	Kind    string `json:"kind"`
	Subject string `json:"subject"`
	Unit    string `json:"unit"`
	Post    string `json:"post"`
}

// Roster are the names of a kind that are on the list on the question's day.
func (a *Analytics) Roster(ctx context.Context, q Question, kind string) ([]RosterLine, error) {
	list := []RosterLine{}
	today := DateOf(q.Clock.Asof)
	err := a.each(ctx, "Scores.Roster", q, nil, func(rows driver.Rows) error {
		var l RosterLine
		var from, to *time.Time
		if err := rows.Scan(&l.Kind, &l.Subject, &l.Unit, &l.Post, &from, &to); err != nil {
			return err
		}
		if (kind == "" || l.Kind == kind) && !dateAt(from).After(today) && (to == nil || !today.After(dateAt(to))) {
			list = append(list, l)
		}
		return nil
	})
	return list, err
}

// draws reads the draws up to the question's day, the newest first, and proves each.
func (a *Analytics) draws(ctx context.Context, q Question) ([]Draw, error) {
	list := []Draw{}
	err := a.each(ctx, "Scores.Draws", q, nil, func(rows driver.Rows) error {
		var d Draw
		var day *time.Time
		var names, result string
		var count *int64
		if err := rows.Scan(&d.Key, &day, &d.Kind, &d.Seed, &d.Algorithm, &d.ListDigest, &names, &count, &result, &d.By, &d.Note, &d.Version); err != nil {
			return err
		}
		d.Day, d.Names, d.Result = dateAt(day), strings.Split(names, listMark), strings.Split(result, listMark)
		if d.Count = int64(len(d.Result)); count != nil {
			d.Count = *count
		}
		d.Name = DrawName(d.Day, d.Kind)
		d.prove()
		list = append(list, d)
		return nil
	})
	return list, err
}

// ScoreLine is one mark of a day.
type ScoreLine struct {
	Day     Date           `json:"day"`
	Kind    string         `json:"kind"`
	Subject string         `json:"subject"`
	Item    string         `json:"item"`
	Weight  ledger.Decimal `json:"weight"`
	Max     ledger.Decimal `json:"max"`
	Score   ledger.Decimal `json:"score"`
	Scorer  string         `json:"scorer"`
	Reason  string         `json:"reason"`
}

// scoreLines reads the marks from one day to another.
func (a *Analytics) scoreLines(ctx context.Context, q Question, within span) ([]ScoreLine, error) {
	list := []ScoreLine{}
	err := a.each(ctx, "Scores.Lines", q, ledger.Params{"from": within.from.String(), "to": within.to.String()}, func(rows driver.Rows) error {
		var l ScoreLine
		var day *time.Time
		err := rows.Scan(&day, &l.Kind, &l.Subject, &l.Item, &l.Weight, &l.Max, &l.Score, &l.Scorer, &l.Reason)
		l.Day = dateAt(day)
		list = append(list, l)
		return err
	})
	return list, err
}

// total adds marks up: 100 × Σ(weight × score ÷ maximum) ÷ Σ weight. A mark without a weight weighs 1; one without a score or a maximum
// is left out; null where nothing is left.
//
// It is kept as fractions: 13/15 twice is a tie, which rounded quotients would break.
type total struct{ got, of big.Rat }

func (t *total) add(l ScoreLine) {
	if !l.Score.Valid() || !l.Max.Valid() || l.Max.Sign() <= 0 {
		return
	}
	weight := big.NewRat(1, 1)
	if l.Weight.Valid() {
		weight = l.Weight.Big().Rat()
	}
	share := new(big.Rat).Quo(l.Score.Big().Rat(), l.Max.Big().Rat())
	t.got.Add(&t.got, share.Mul(share, weight))
	t.of.Add(&t.of, weight)
}

func (t *total) percent() ledger.Decimal {
	if t.of.Sign() <= 0 {
		return ledger.Null
	}
	whole := new(big.Rat).Quo(&t.got, &t.of)
	return ledger.Exact(decimal.NewFromBigRat(whole.Mul(whole, big.NewRat(100, 1)), 12))
}

// ScoreRank is the place of a grid or person in a month or a year.
type ScoreRank struct {
	// Rank is 1, 1, 3; null for who was not scored.
	Rank    ledger.Decimal `json:"rank"`
	Subject string         `json:"subject"`
	Unit    string         `json:"unit"`
	Total   ledger.Decimal `json:"total"` // of 100
	// Before is the total of the month or year before; null without one.
	Before ledger.Decimal `json:"before"`
	Change ledger.Decimal `json:"change"`
	// Composite is 50 + 50 × (total − least) ÷ (most − least) over those ranked (综合评分); 100 where all are alike.
	Composite ledger.Decimal `json:"composite"`
	Days      int64          `json:"days"`   // on which it was scored
	Reason    string         `json:"reason"` // the last reason why points were lost

	sum total
}

// ScoreRanking ranks one kind in one period.
type ScoreRanking struct {
	Kind       string         `json:"kind"`
	Period     string         `json:"period"`     // 2016-06 or 2016
	Population int64          `json:"population"` // how many are ranked
	Unranked   int64          `json:"unranked"`   // on the roster and not scored
	Average    ledger.Decimal `json:"average"`
	Lines      []ScoreRank    `json:"lines"`
}

// ranking ranks the subjects of a kind by their marks; those of the roster that were not scored come last, without a place.
func ranking(kind, period string, lines, before []ScoreLine, roster []RosterLine) ScoreRanking {
	r := ScoreRanking{Kind: kind, Period: period, Lines: []ScoreRank{}}
	index := map[string]int{}
	of := func(name string) *ScoreRank {
		key := ledger.NameKey(name)
		at, found := index[key]
		if !found {
			at = len(r.Lines)
			index[key] = at
			r.Lines = append(r.Lines, ScoreRank{Subject: name})
		}
		return &r.Lines[at]
	}
	for _, one := range roster {
		if one.Kind == kind {
			of(one.Subject).Unit = one.Unit
		}
	}
	days := map[string]bool{}
	var all total
	for _, l := range lines {
		if l.Kind != kind {
			continue
		}
		x := of(l.Subject)
		x.sum.add(l)
		all.add(l)
		if day := ledger.NameKey(l.Subject) + " " + l.Day.String(); !days[day] {
			days[day] = true
			x.Days++
		}
		if l.Reason != "" {
			x.Reason = l.Reason
		}
	}
	then := map[string]*total{}
	for _, l := range before {
		if l.Kind != kind {
			continue
		}
		key := ledger.NameKey(l.Subject)
		if then[key] == nil {
			then[key] = &total{}
		}
		then[key].add(l)
	}
	for i := range r.Lines {
		x := &r.Lines[i]
		x.Total = x.sum.percent()
		if t := then[ledger.NameKey(x.Subject)]; t != nil {
			x.Before = t.percent()
			x.Change = x.Total.Sub(x.Before)
		}
	}
	r.Average = all.percent()
	r.place()
	return r
}

// place gives the places 1, 1, 3 and what depends on the least and the most.
func (r *ScoreRanking) place() {
	slices.SortStableFunc(r.Lines, func(x, y ScoreRank) int {
		return cmp.Or(compareBool(!x.Total.Valid(), !y.Total.Valid()), y.Total.Cmp(x.Total), strings.Compare(x.Subject, y.Subject))
	})
	for i := range r.Lines {
		x := &r.Lines[i]
		if !x.Total.Valid() {
			r.Unranked++
			continue
		}
		r.Population++
		x.Rank = ledger.Int(int64(i + 1))
		if i > 0 && r.Lines[i-1].Total.Cmp(x.Total) == 0 {
			x.Rank = r.Lines[i-1].Rank
		}
	}
	if r.Population == 0 {
		return
	}
	most, least := r.Lines[0].Total, r.Lines[r.Population-1].Total
	for i := range r.Population {
		r.Lines[i].Composite = Composite(r.Lines[i].Total, least, most)
	}
}

// Composite puts a figure between the least and the most of those it is ranked with on a scale of 50 to 100 (综合评分); where all are alike
// it is 100, and null where one of the three is unknown.
func Composite(x, least, most ledger.Decimal) ledger.Decimal {
	if !x.Valid() || !least.Valid() || !most.Valid() {
		return ledger.Null
	}
	if most.Cmp(least) == 0 {
		return hundred
	}
	fifty := ledger.Int(50)
	return fifty.Add(fifty.Mul(x.Sub(least)).Div(most.Sub(least)))
}

// Draw answers for one draw by its name, 2016-06-27-grid; NotFound when none stands.
func (a *Analytics) Draw(ctx context.Context, q Question, name string) (*DrawAnswer, error) {
	list, err := a.draws(ctx, q)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(list, func(d Draw) bool { return d.Name == name })
	if at < 0 {
		return nil, ledger.Fail(ledger.NotFound, text.T("error.not_found", name))
	}
	ans := &DrawAnswer{Draw: list[at], Lots: []DrawLot{}, Missing: []string{}, Added: []string{}}
	for i, n := range ans.Result {
		ans.Lots = append(ans.Lots, DrawLot{i + 1, n, Lot(ans.Seed, n)})
	}
	now, err := a.Roster(ctx, q, ans.Kind)
	if err != nil {
		return nil, err
	}
	ans.Missing, ans.Added = without(ans.Names, rosterNames(now)), without(rosterNames(now), ans.Names)
	ans.Stamp, err = a.stamp(ctx, q, "", ledger.Draws.Name, ledger.Roster.Name)
	return ans, err
}

// rosterNames are the names of a roster.
func rosterNames(list []RosterLine) []string {
	names := make([]string, len(list))
	for i, l := range list {
		names[i] = l.Subject
	}
	return names
}

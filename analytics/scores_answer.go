package analytics

import (
	"context"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// ScoresQuestion asks for the appraisal of a month and its year, of one kind; without a month it is that of the day asked for.
type ScoresQuestion struct {
	Question
	Kind string
}

// ScoresAnswer is the appraisal (考核) of one kind: the draws, the ranking of a month and of its year, sanctions, what was published.
type ScoresAnswer struct {
	Stamp `json:"stamp"`

	Kind      string          `json:"kind"`
	Year      int             `json:"year"`
	Period    string          `json:"period"` // 2016-06
	Today     []Draw          `json:"today"`  // of the day asked for, of both kinds
	Draws     []Draw          `json:"draws"`  // of the month, the newest first
	Roster    int64           `json:"roster"` // names on the list of the kind
	Month     ScoreRanking    `json:"month"`
	WholeYear ScoreRanking    `json:"whole_year"`
	Trend     []ScoreDay      `json:"trend"`     // the days of the year
	Items     []ScoreItem     `json:"items"`     // of the month
	Sanctions []SanctionLine  `json:"sanctions"` // of the year, the newest first
	Measures  []SanctionCount `json:"measures"`
	Published []AppraisalLine `json:"published"`
	Years     []int           `json:"years"`
}

// ScoreDay is the average of a day.
type ScoreDay struct {
	Day      Date           `json:"day"`
	Average  ledger.Decimal `json:"average"`
	Subjects int64          `json:"subjects"`
}

// ScoreItem is the average of one item.
type ScoreItem struct {
	Item    string         `json:"item"`
	Average ledger.Decimal `json:"average"`
	Marks   int64          `json:"marks"`
	Short   int64          `json:"short"` // of these, below the maximum
}

// SanctionLine is what one person was made to answer for on a day.
type SanctionLine struct {
	Day        Date           `json:"day"`
	Person     string         `json:"person"`
	Measure    string         `json:"measure"`
	Reason     string         `json:"reason"`
	Grid       string         `json:"grid"`
	AmountYuan ledger.Decimal `json:"amount_yuan"`
	DecidedBy  string         `json:"decided_by"`
}

// SanctionCount counts a measure in the year.
type SanctionCount struct {
	Measure string `json:"measure"`
	Count   int64  `json:"count"`
}

// AppraisalLine is a score or rank that a city or district published, as printed. A number ranked that is not said is null.
type AppraisalLine struct {
	Appraised  string         `json:"appraised"`
	Topic      string         `json:"topic"`
	Period     string         `json:"period"` // 2015 or 2015-04
	Year       int            `json:"year"`
	Months     int64          `json:"months"`
	Score      ledger.Decimal `json:"score"`
	Rank       ledger.Decimal `json:"rank"`
	Population ledger.Decimal `json:"population"`
	Publisher  string         `json:"publisher"`
	Note       string         `json:"note"`
}

// topTen is the place up to which a bulletin counts as among the first ten.
const topTen = 10

// TopTen counts, of the bulletins of one unit in a year that are of less than the year, those that rank it among the first ten, of those
// that rank it at all.
func TopTen(list []AppraisalLine, appraised string, year int) Rate {
	var r Rate
	for _, l := range list {
		if ledger.NameKey(l.Appraised) == ledger.NameKey(appraised) && l.Year == year && l.Months < 12 && l.Rank.Valid() {
			r.add(oneIf(l.Rank.Cmp(ledger.Int(topTen)) <= 0), ledger.Int(1))
		}
	}
	r.Percent = Percent(r.Numerator, r.Denominator)
	return r
}

// ScoreStrip is the headline of the appraisal for the cockpit and the wall display.
type ScoreStrip struct {
	Average   ledger.Decimal `json:"average"` // of the grids in the month
	Ranked    int64          `json:"ranked"`
	Sanctions int64          `json:"sanctions"` // of the year
	Drawn     int64          `json:"drawn"`     // on the day
}

// ScoreStrip answers the headline figures of the appraisal.
func (a *Analytics) ScoreStrip(ctx context.Context, q Question) (ScoreStrip, error) {
	ans, err := a.Scores(ctx, ScoresQuestion{Question: q})
	if err != nil {
		return ScoreStrip{}, err
	}
	s := ScoreStrip{Average: ans.Month.Average, Ranked: ans.Month.Population, Sanctions: int64(len(ans.Sanctions))}
	for _, d := range ans.Today {
		s.Drawn += int64(len(d.Result))
	}
	return s, nil
}

// AllScores answers the appraisal of the grids, for the report.
func (a *Analytics) AllScores(ctx context.Context, q Question) (*ScoresAnswer, error) {
	return a.Scores(ctx, ScoresQuestion{Question: q})
}

// Scores answers the appraisal of one kind.
func (a *Analytics) Scores(ctx context.Context, q ScoresQuestion) (*ScoresAnswer, error) {
	today := DateOf(q.Clock.Asof)
	ans := &ScoresAnswer{Kind: q.Kind, Year: q.YearOr(), Today: []Draw{}, Draws: []Draw{}, Trend: []ScoreDay{}, Items: []ScoreItem{}, Sanctions: []SanctionLine{},
		Published: []AppraisalLine{}, Years: []int{}}
	if ans.Kind == "" {
		ans.Kind = ledger.ScoredGrid
	}
	month := time.Month(q.Month)
	switch {
	case month == 0 && ans.Year == today.Time().Year():
		month = today.Time().Month()
	case month == 0:
		month = time.December
	}
	within := monthSpan(ans.Year, month)
	ans.Period = monthOf(within.from.Time())
	all, err := a.draws(ctx, q.Question)
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		if d.Day == today {
			ans.Today = append(ans.Today, d)
		}
		if within.holds(d.Day) {
			ans.Draws = append(ans.Draws, d)
		}
	}
	if err := a.rank(ctx, q.Question, ans, within); err != nil {
		return nil, err
	}
	if err := a.readSanctions(ctx, q.Question, ans); err != nil {
		return nil, err
	}
	if err := a.readPublished(ctx, q.Question, ans); err != nil {
		return nil, err
	}
	ans.Stamp, err = a.stamp(ctx, q.Question, "", ledger.Roster.Name, ledger.Draws.Name, ledger.Scores.Name, ledger.Sanctions.Name, ledger.Appraisals.Name)
	return ans, err
}

// rank reads the marks of the year and of the one before, and ranks by them.
func (a *Analytics) rank(ctx context.Context, q Question, ans *ScoresAnswer, within span) error {
	roster, err := a.Roster(ctx, q, ans.Kind)
	if err != nil {
		return err
	}
	ans.Roster = int64(len(roster))
	year, last := yearSpan(ans.Year), yearSpan(ans.Year-1)
	lines, err := a.scoreLines(ctx, q, span{last.from, year.to})
	if err != nil {
		return err
	}
	before := span{DateOf(within.from.Time().AddDate(0, -1, 0)), within.from.Plus(-1)}
	of := func(s span) []ScoreLine {
		return slices.DeleteFunc(slices.Clone(lines), func(l ScoreLine) bool { return !s.holds(l.Day) })
	}
	ans.Month = ranking(ans.Kind, ans.Period, of(within), of(before), roster)
	ans.WholeYear = ranking(ans.Kind, year.from.Time().Format("2006"), of(year), of(last), roster)
	ans.trend(of(year))
	ans.items(of(within))
	for _, l := range lines {
		if y := l.Day.Time().Year(); !slices.Contains(ans.Years, y) {
			ans.Years = append(ans.Years, y)
		}
	}
	return nil
}

func (ans *ScoresAnswer) trend(lines []ScoreLine) {
	var sum total
	names := map[string]bool{}
	for i, l := range lines {
		if l.Kind == ans.Kind {
			sum.add(l)
			names[ledger.NameKey(l.Subject)] = true
		}
		if (i+1 == len(lines) || lines[i+1].Day != l.Day) && len(names) > 0 {
			ans.Trend = append(ans.Trend, ScoreDay{l.Day, sum.percent(), int64(len(names))})
			sum, names = total{}, map[string]bool{}
		}
	}
}

func (ans *ScoresAnswer) items(lines []ScoreLine) {
	sums := map[string]*total{}
	for _, l := range lines {
		if l.Kind != ans.Kind {
			continue
		}
		at := slices.IndexFunc(ans.Items, func(i ScoreItem) bool { return ledger.NameKey(i.Item) == ledger.NameKey(l.Item) })
		if at < 0 {
			at = len(ans.Items)
			ans.Items = append(ans.Items, ScoreItem{Item: l.Item})
			sums[l.Item] = &total{}
		}
		one := &ans.Items[at]
		one.Marks++
		if l.Score.Cmp(l.Max) < 0 {
			one.Short++
		}
		sums[one.Item].add(l)
		one.Average = sums[one.Item].percent()
	}
	slices.SortStableFunc(ans.Items, func(x, y ScoreItem) int { return x.Average.Cmp(y.Average) })
}

func (a *Analytics) readSanctions(ctx context.Context, q Question, ans *ScoresAnswer) error {
	within := yearSpan(ans.Year)
	for _, m := range ledger.SanctionMeasures {
		ans.Measures = append(ans.Measures, SanctionCount{Measure: m})
	}
	return a.each(ctx, "Scores.Sanctions", q, ledger.Params{"from": within.from.String(), "to": within.to.String()}, func(rows driver.Rows) error {
		var l SanctionLine
		var day *time.Time
		if err := rows.Scan(&day, &l.Person, &l.Measure, &l.Reason, &l.Grid, &l.AmountYuan, &l.DecidedBy); err != nil {
			return err
		}
		l.Day = dateAt(day)
		ans.Sanctions = append(ans.Sanctions, l)
		at := slices.IndexFunc(ans.Measures, func(c SanctionCount) bool { return c.Measure == l.Measure })
		if at < 0 {
			at = len(ans.Measures)
			ans.Measures = append(ans.Measures, SanctionCount{Measure: l.Measure})
		}
		ans.Measures[at].Count++
		return nil
	})
}

func (a *Analytics) readPublished(ctx context.Context, q Question, ans *ScoresAnswer) error {
	return a.each(ctx, "Scores.Published", q, nil, func(rows driver.Rows) error {
		var l AppraisalLine
		var first *time.Time
		var months, rank, of *int64
		if err := rows.Scan(&l.Appraised, &l.Topic, &first, &months, &l.Score, &rank, &of, &l.Publisher, &l.Note); err != nil {
			return err
		}
		if l.Months = 1; months != nil {
			l.Months = *months
		}
		if first != nil {
			l.Year, l.Period = first.Year(), monthOf(*first)
			if l.Months == 12 {
				l.Period = first.Format("2006")
			}
		}
		l.Rank, l.Population = whole64(rank), whole64(of)
		ans.Published = append(ans.Published, l)
		return nil
	})
}

// whole64 is an optional whole number.
func whole64(n *int64) ledger.Decimal {
	if n == nil {
		return ledger.Null
	}
	return ledger.Int(*n)
}

// Table is the ranking of the month.
func (ans *ScoresAnswer) Table() Table {
	t := Table{Columns: []Column{{"period", "时期", "Period", ""}, {"kind", "考核对象类别", "Kind", ""}, {"rank", "名次", "Rank", ""}, {"population", "参评个数", "Of", ""}, {"subject", "考核对象", "Subject", ""},
		{"unit", "所在单位", "Unit", ""}, {"total", "总分", "Total", ""}, {"composite", "综合评分", "Composite", ""}, {"before", "上期总分", "Before", ""}, {"change", "变化", "Change", ""}, {"days", "考核天数", "Days", "天"}, {"reason", "最近扣分原因", "Last reason", ""}}}
	for _, r := range []ScoreRanking{ans.Month, ans.WholeYear} {
		for _, l := range r.Lines {
			t.Rows = append(t.Rows, []any{r.Period, r.Kind, l.Rank, r.Population, l.Subject, l.Unit, l.Total, l.Composite, l.Before, l.Change, l.Days, l.Reason})
		}
	}
	return t
}

// DrawAnswer is one draw with its proof.
type DrawAnswer struct {
	Stamp `json:"stamp"`

	Draw
	Lots []DrawLot `json:"lots"`
	// Missing and Added are what the roster of the day asked for has less and more than the list that was drawn from.
	Missing []string `json:"missing"`
	Added   []string `json:"added"`
}

// DrawLot is a name that was drawn, with its lot.
type DrawLot struct {
	Place int    `json:"place"`
	Name  string `json:"name"`
	Lot   string `json:"lot"`
}

// Table is the lots that were drawn.
func (ans *DrawAnswer) Table() Table {
	t := Table{Columns: []Column{{"place", "次序", "Place", ""}, {"name", "抽中", "Drawn", ""}, {"lot", "签值(SHA-256)", "Lot (SHA-256)", ""}}}
	for _, l := range ans.Lots {
		t.Rows = append(t.Rows, []any{l.Place, l.Name, l.Lot})
	}
	return t
}

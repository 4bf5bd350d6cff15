package analytics

import (
	"cmp"
	"slices"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// AlertsAnswer lists what needs somebody's eye (预警): open alerts and those acknowledged, the red ones first.
type AlertsAnswer struct {
	Stamp `json:"stamp"`

	Open         []Alert     `json:"open"`
	Acknowledged []Alert     `json:"acknowledged"`
	Counts       AlertCounts `json:"counts"`
	AckDays      int64       `json:"acknowledge_days"` // how long one may be acknowledged
}

// AlertCounts count the open alerts by severity, and the acknowledged ones.
type AlertCounts struct {
	Red          int `json:"red"`
	Yellow       int `json:"yellow"`
	Acknowledged int `json:"acknowledged"`
	Returned     int `json:"returned"` // open ones that had been acknowledged
}

// Alert is one figure that crossed its threshold.
type Alert struct {
	ID       string         `json:"id"` // the same as long as it is about the same thing
	Kind     AlertKind      `json:"kind"`
	Severity Color          `json:"severity"` // red or yellow
	Subject  string         `json:"subject"`  // key of the project or building, or dataset, that it is about
	What     string         `json:"what"`
	Figure   ledger.Decimal `json:"figure"`
	Limit    ledger.Decimal `json:"threshold"`
	Unit     string         `json:"unit"` // percent, points, days, working_days, units, items or yuan
	Since    Date           `json:"since"`
	// Message says figure and threshold in words.
	Message   text.Message  `json:"-"`
	MessageZh string        `json:"message"`
	MessageEn string        `json:"message_en"`
	Dataset   string        `json:"dataset"` // where its rows stand
	Filter    ledger.Filter `json:"filter,omitempty"`

	Ack *Acknowledgement `json:"acknowledgement,omitempty"`
	// Returned says why an acknowledged alert is open again: expired or worse.
	Returned string `json:"returned,omitempty"`
}

// Acknowledgement is who took note of an alert, why, and until which day.
type Acknowledgement struct {
	Key      string         `json:"-"`
	Version  string         `json:"version"` // the token a form hands back
	Reason   string         `json:"reason"`
	Person   string         `json:"person"`
	From     Date           `json:"from"`
	Until    Date           `json:"until"` // the last day
	Figure   ledger.Decimal `json:"figure"`
	Severity Color          `json:"severity"`
}

// AlertKind is what an alert is about.
type AlertKind string

// The kinds of alert.
const (
	TaxMonthDown    AlertKind = "tax_month"
	TaxYearDown     AlertKind = "tax_year"
	TaxBuildingDown AlertKind = "tax_building"
	TaxPayerDown    AlertKind = "tax_payer"
	TaxPayerGone    AlertKind = "tax_payer_gone"
	LeaseEnding     AlertKind = "lease_ending"
	LeaseExpired    AlertKind = "lease_expired"
	MilestoneLate   AlertKind = "milestone_late"
	DeliveryOverdue AlertKind = "delivery_overdue"
	DeliveryIdle    AlertKind = "delivery_idle"
	DataStale       AlertKind = "data_stale"
	OccupancyFalls  AlertKind = "occupancy_falls"
	GridUnowned     AlertKind = "grid_unowned"
	GridUnpatrolled AlertKind = "grid_unpatrolled"
	SumBroken       AlertKind = "sum_broken"
	PatrolOverdue   AlertKind = "patrol_overdue"
	PatrolRepeat    AlertKind = "patrol_repeat"
	CaseIsOverdue   AlertKind = "case_overdue"
	CaseIsDueSoon   AlertKind = "case_due_soon"
)

// AlertKinds lists the kinds in the order they are offered.
// What concerns the whole office comes before what concerns one tenant or payer, of which there may be many.
var AlertKinds = []AlertKind{TaxYearDown, TaxMonthDown, DeliveryOverdue, DeliveryIdle, MilestoneLate, CaseIsOverdue, PatrolOverdue, OccupancyFalls, TaxBuildingDown,
	CaseIsDueSoon, DataStale, SumBroken, PatrolRepeat, GridUnowned, GridUnpatrolled, TaxPayerGone, LeaseExpired, LeaseEnding, TaxPayerDown}

// Find gives an alert by its ID, open or acknowledged.
func (ans *AlertsAnswer) Find(id string) (Alert, bool) {
	for _, a := range slices.Concat(ans.Open, ans.Acknowledged) {
		if a.ID == id {
			return a, true
		}
	}
	return Alert{}, false
}

// FindOpen gives an open alert by its ID.
func (ans *AlertsAnswer) FindOpen(id string) (Alert, bool) {
	at := slices.IndexFunc(ans.Open, func(a Alert) bool { return a.ID == id })
	if at < 0 {
		return Alert{}, false
	}
	return ans.Open[at], true
}

// settle parts the alerts by their acknowledgements, the red ones first, then the kinds in their order, then the greatest figure.
func (ans *AlertsAnswer) settle(list []Alert, acks map[string]*Acknowledgement, rules Thresholds, today Date) {
	ans.Open, ans.Acknowledged = []Alert{}, []Alert{}
	for _, a := range list {
		a.MessageZh, a.MessageEn = a.Message.In(text.Zh), a.Message.In(text.En)
		if a.Ack = acks[ledger.NameKey(a.ID)]; a.Ack != nil {
			if a.Returned = a.returned(rules, today); a.Returned == "" {
				ans.Acknowledged = append(ans.Acknowledged, a)
				ans.Counts.Acknowledged++
				continue
			}
			ans.Counts.Returned++
		}
		if a.Severity == Red {
			ans.Counts.Red++
		} else {
			ans.Counts.Yellow++
		}
		ans.Open = append(ans.Open, a)
	}
	for _, part := range [][]Alert{ans.Open, ans.Acknowledged} {
		slices.SortStableFunc(part, alertOrder)
	}
}

func alertOrder(x, y Alert) int {
	return cmp.Or(compareBool(x.Severity != Red, y.Severity != Red),
		cmp.Compare(slices.Index(AlertKinds, x.Kind), slices.Index(AlertKinds, y.Kind)), y.badness().Cmp(x.badness()))
}

// badness is the figure so that more is worse.
func (a Alert) badness() ledger.Decimal {
	if a.Kind == LeaseEnding || a.Kind == CaseIsDueSoon {
		return a.Figure.Neg()
	}
	return a.Figure
}

// returned says why an acknowledgement no longer holds: its term is over, or the alert is worse than what was acknowledged. Days that
// pass make no figure worse that counts days; a later colour does.
func (a Alert) returned(rules Thresholds, today Date) string {
	then := a
	then.Figure = a.Ack.Figure
	worse := a.badness().Sub(then.badness())
	if a.Unit == "days" || a.Unit == "working_days" {
		worse = worse.Sub(ledger.Int(today.Since(a.Ack.From)))
	}
	until := a.Ack.Until
	if last := a.Ack.From.Plus(int(rules.AcknowledgeDays)); until.After(last) {
		until = last
	}
	switch {
	case a.Severity == Red && a.Ack.Severity != Red, worse.Round(1).Sign() > 0:
		return "worse"
	case today.After(until), !a.Ack.From.Known(), a.Ack.From.After(today):
		return "expired"
	}
	return ""
}

// Table is one line an alert, open ones first.
func (ans *AlertsAnswer) Table() Table {
	t := Table{Columns: []Column{{"kind", "预警类别", "Kind", ""}, {"severity", "级别", "Severity", ""}, {"what", "预警对象", "What", ""},
		{"message", "数值与阈值", "Figure and threshold", ""}, {"figure", "数值", "Figure", ""}, {"threshold", "阈值", "Threshold", ""}, {"unit", "单位", "Unit", ""},
		{"since", "起始日期", "Since", ""}, {"dataset", "来源", "Source", ""}, {"acknowledged", "已确认", "Acknowledged", ""}, {"reason", "确认理由", "Reason", ""},
		{"person", "确认人", "By", ""}, {"from", "确认日期", "From", ""}, {"until", "有效期至", "Until", ""}, {"id", "预警编号", "Alert", ""}}}
	for i, a := range slices.Concat(ans.Open, ans.Acknowledged) {
		ack := Acknowledgement{}
		if a.Ack != nil {
			ack = *a.Ack
		}
		t.Rows = append(t.Rows, []any{string(a.Kind), string(a.Severity), a.What, a.MessageZh, a.Figure, a.Limit, a.Unit, a.Since.cell(), a.Dataset,
			i >= len(ans.Open), ack.Reason, ack.Person, ack.From.cell(), ack.Until.cell(), a.ID})
	}
	return t
}

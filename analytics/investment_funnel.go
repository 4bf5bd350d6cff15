package analytics

import (
	"slices"

	"taizhang/ledger"
)

// InvestmentFunnel says how far the leads came: a lead has reached every stage up to the furthest that it stands at or has a day for.
type InvestmentFunnel struct {
	Stages   []FunnelStage `json:"stages"`
	DropOuts []DropOut     `json:"drop_outs"`
	// Back counts leads that have a day for a later stage than the one they stand at.
	Back int64 `json:"back"`
	// Unplaced are leads at a stage of the sheet's own; by their days they count as reached, but stand nowhere.
	Unplaced int64 `json:"unplaced"`
}

// FunnelStage is one stage from 线索 to 投产. Days are those in the stage, of leads whose stage has a day; null without any.
type FunnelStage struct {
	Stage         string         `json:"stage"`
	Signed        bool           `json:"signed"` // a contract is signed at this stage
	Reached       int64          `json:"reached"`
	Standing      int64          `json:"standing"`
	Dropped       int64          `json:"dropped"` // left the funnel from here
	ToNextPercent ledger.Decimal `json:"to_next_percent"`
	MedianDays    ledger.Decimal `json:"median_days"`
	OldestDays    ledger.Decimal `json:"oldest_days"`
	Oldest        string         `json:"oldest"`  // the lead that has stood here longest
	Undated       int64          `json:"undated"` // leads that stand here since no stated day
	Here          InvestmentSum  `json:"here"`    // amounts of the leads that stand here
}

// DropOut is a lead that left the funnel (搁置, 终止, 流失), with the furthest stage it had reached.
type DropOut struct {
	Project        string         `json:"project"`
	Investor       string         `json:"investor"`
	Exit           string         `json:"exit"`
	Reached        string         `json:"reached"`
	ReachedOn      Date           `json:"reached_on"`
	Reason         string         `json:"reason"`
	ContractAmount ledger.Decimal `json:"contract_amount"`
	Currency       string         `json:"currency"`
	Agent          string         `json:"agent"`
}

// funnelStages are the stages that lead on, in order.
func funnelStages() []string {
	field, _ := ledger.Investment.Field("stage")
	return slices.DeleteFunc(slices.Clone(field.Allowed), func(s string) bool { return slices.Contains(exitStages, s) })
}

// began is the day a stage of the lead began; the first stage has none.
func (l *InvestmentLead) began(stage string) Date {
	switch stage {
	case "洽谈":
		return l.TalksOn
	case stageIntended:
		return l.IntendedOn
	case stageSigned:
		return l.SignedOn
	case stageLanded:
		return l.RegisteredOn
	case stageStarted:
		return l.StartedOn
	case "投产":
		return l.OperatingOn
	}
	return Date{}
}

// furthest is the place of the furthest stage the lead stands at or has a day for that is not still to come.
func (l *InvestmentLead) furthest(stages []string, today Date) int {
	at := max(slices.Index(stages, l.Stage), 0)
	for i, stage := range stages {
		if day := l.began(stage); i > at && day.Known() && !day.After(today) {
			at = i
		}
	}
	return at
}

// funnel counts the leads along the stages.
func funnel(leads []InvestmentLead, today Date) InvestmentFunnel {
	stages := funnelStages()
	f := InvestmentFunnel{Stages: make([]FunnelStage, len(stages)), DropOuts: []DropOut{}}
	days := make([][]ledger.Decimal, len(stages))
	for i, stage := range stages {
		f.Stages[i].Stage, f.Stages[i].Signed = stage, slices.Contains(signedStages, stage)
	}
	for _, l := range leads {
		far := l.furthest(stages, today)
		for i := range far + 1 {
			f.Stages[i].Reached++
		}
		at := slices.Index(stages, l.Stage)
		switch {
		case slices.Contains(exitStages, l.Stage):
			f.Stages[far].Dropped++
			f.DropOuts = append(f.DropOuts, DropOut{l.Project, l.Investor, l.Stage, stages[far], l.began(stages[far]), l.LostReason,
				l.ContractAmount, l.Currency, l.Agent})
		case at < 0:
			f.Unplaced++
		default:
			f.Stages[at].stand(l)
			days[at] = append(days[at], l.StageDays)
			if far > at {
				f.Back++
			}
		}
	}
	for i := range f.Stages {
		f.Stages[i].MedianDays = median(days[i])
		if i+1 < len(f.Stages) {
			f.Stages[i].ToNextPercent = Percent(ledger.Int(f.Stages[i+1].Reached), ledger.Int(f.Stages[i].Reached))
		}
	}
	return f
}

// stand takes in a lead that stands at the stage.
func (s *FunnelStage) stand(l InvestmentLead) {
	s.Standing++
	s.Here.add(l)
	switch {
	case !l.StageDays.Valid():
		s.Undated++
	case !s.OldestDays.Valid() || l.StageDays.Cmp(s.OldestDays) > 0:
		s.OldestDays, s.Oldest = l.StageDays, l.Project
	}
}

// median is the middle one of the figures that are known, or halfway between the two in the middle; null without any.
func median(list []ledger.Decimal) ledger.Decimal {
	known := slices.DeleteFunc(slices.Clone(list), func(d ledger.Decimal) bool { return !d.Valid() })
	if len(known) == 0 {
		return ledger.Null
	}
	slices.SortFunc(known, ledger.Decimal.Cmp)
	middle := known[len(known)/2]
	if len(known)%2 == 0 {
		middle = middle.Add(known[len(known)/2-1]).Div(ledger.Int(2))
	}
	return middle
}

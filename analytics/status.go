package analytics

import (
	"encoding/json"
	"slices"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Color is the colour of a status light. Grey means that too little is known, never that all is well.
type Color string

// The colours of a light.
const (
	Red    Color = "red"
	Grey   Color = "grey"
	Yellow Color = "yellow"
	Green  Color = "green"
)

// severity lists the colours in the order in which they decide a light.
var severity = []Color{Red, Grey, Yellow, Green}

// standing is the place of a colour from the worst to the best: no word is worse than a yellow light and not better than a red one.
func (c Color) standing() int { return slices.Index(severity, c) }

// rank orders lights for lists: red and yellow ones first, then those nobody knows anything of.
func (c Color) rank() int { return slices.Index([]Color{Red, Yellow, Grey, Green}, c) }

// Rule is one status rule with its colour, its figure and the sentence that says it.
type Rule struct {
	ID    string         // rule1 … rule6
	Color Color          //
	Value ledger.Decimal // the figure the rule looks at
	Limit ledger.Decimal // the threshold it crossed, or the next one it has not crossed
	Unit  string         // points, days or months
	// Flag is true for a rule that warns without deciding the light.
	Flag    bool
	Message text.Message
}

// ruleJSON is how a rule is written: the sentence in both languages, as problems of a file are.
type ruleJSON struct {
	ID        string         `json:"id"`
	Color     Color          `json:"color"`
	Value     ledger.Decimal `json:"value"`
	Limit     ledger.Decimal `json:"limit"`
	Unit      string         `json:"unit"`
	Flag      bool           `json:"flag,omitempty"`
	Message   string         `json:"message"`
	MessageEn string         `json:"message_en"`
}

// JSONShape is what the rule is written as, for those who describe answers.
func (Rule) JSONShape() any { return ruleJSON{} }

// MarshalJSON writes the rule with its sentence as message and message_en.
func (r Rule) MarshalJSON() ([]byte, error) {
	return json.Marshal(ruleJSON{r.ID, r.Color, r.Value, r.Limit, r.Unit, r.Flag, r.Message.In(text.Zh), r.Message.In(text.En)})
}

// Light is a project's status with the rules that decided it.
type Light struct {
	Color    Color     `json:"color"`
	Computed Color     `json:"computed_color"`     // by the rules; Color differs from it only under an override
	Override *Override `json:"override,omitempty"` // set by hand, while that holds
	Fired    []Rule    `json:"fired"`              // the rules of the computed colour, none when that is green
	Rules    []Rule    `json:"rules"`              // every rule that could be computed
	// Behind is rule 5: money runs ahead of the works.
	Behind bool `json:"behind"`
}

// Rule finds a computed rule by its name; false when its data are missing.
func (l Light) Rule(id string) (Rule, bool) {
	for _, r := range l.Rules {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}

// Why says in one line what decided the light: who set it by hand, or the rules; nothing when it is green by the rules.
func (l Light) Why(lang text.Lang) string {
	if l.Override != nil {
		return l.Override.why(l.Computed).In(lang)
	}
	if l.Color == Grey && len(l.Fired) == 0 {
		return text.T("status.unknown").In(lang)
	}
	reasons := make([]string, len(l.Fired))
	for i, r := range l.Fired {
		reasons[i] = r.Message.In(lang)
	}
	return strings.Join(reasons, text.T("status.and").In(lang))
}

// lightOf is the worst of the computed rules in the order red, grey, yellow, green; no rule at all is grey.
func lightOf(rules []Rule) Light {
	light := Light{Color: Grey, Fired: []Rule{}, Rules: rules}
	if rules == nil {
		light.Rules = []Rule{}
	}
	for _, color := range severity {
		for _, r := range rules {
			if r.Color == color && !r.Flag {
				light.Color = color
				light.Fired = append(light.Fired, r)
			}
		}
		if len(light.Fired) > 0 {
			break
		}
	}
	if light.Color == Green {
		light.Fired = []Rule{}
	}
	light.Computed = light.Color
	for _, r := range rules {
		light.Behind = light.Behind || (r.Flag && r.Color != Green)
	}
	return light
}

// Lights counts projects by the colour of their light.
type Lights struct {
	Red    int `json:"red_projects"`
	Yellow int `json:"yellow_projects"`
	Green  int `json:"green_projects"`
	Grey   int `json:"grey_projects"`
	// Overridden are those among them whose light was set by hand.
	Overridden int `json:"overridden_projects"`
}

func (l *Lights) add(light Light) {
	if light.Override != nil {
		l.Overridden++
	}
	switch light.Color {
	case Red:
		l.Red++
	case Yellow:
		l.Yellow++
	case Green:
		l.Green++
	default:
		l.Grey++
	}
}

package server

import (
	"cmp"

	"taizhang/analytics"
)

// empty says what to import, or on which later day there are data.
type empty struct {
	Title, Text string
	Later       *link
}

// emptyDatasets names the dataset whose absence empties a card where it is not the card's own key.
var emptyDatasets = map[string]string{"weeks": "progress", "rules": "progress", "schedule": "milestones", "growth": "indicators", "red": "", "slips": "", "due": "", "ending": "", "acknowledged": "acknowledgements", "grid_patrols": "patrols", "enf_rules": "enforcement_rules"}

// nothing makes the card say what to import when there is nothing to show; where the record holds such data of a later day, it leads there.
func (c *card) nothing(key string) *card {
	c.Empty = &empty{Title: c.Words.T("page.empty." + key), Text: c.Words.T("page.empty." + key + ".do")}
	dataset, renamed := emptyDatasets[key]
	if renamed && dataset == "" || c.Words.first == nil {
		return c
	}
	// Why the day cannot be told matters less than the card itself: it then says what to import, as ever.
	if day, err := c.Words.first(cmp.Or(dataset, key)); err == nil && day.Known() {
		c.Empty.later(c.Words, day)
	}
	return c
}

func (e *empty) later(p page, day analytics.Date) {
	e.Text = p.T("page.empty.later", day.String())
	e.Later = &link{Text: p.T("page.empty.go_later", day.String()), Href: p.With("asof", day.String())}
}

package analytics

import (
	"slices"
	"strings"

	"taizhang/ledger"
)

// RepeatPlace is a place where findings came again within the days of the threshold: a place of a grid, or, where findings name none, a type
// in a grid.
type RepeatPlace struct {
	Grid      string   `json:"grid"`
	Community string   `json:"community"`
	Place     string   `json:"place"` // empty where the findings name none
	Types     []string `json:"issue_types"`
	Findings  int64    `json:"findings"`
	First     Date     `json:"first"`
	Last      Date     `json:"last"`
	Open      int64    `json:"open"`

	key string
}

// repeatPlaces are the places with two findings or more since a day, the most first.
func repeatPlaces(lines []PatrolLine, since Date) []RepeatPlace {
	at := map[string]*RepeatPlace{}
	for _, l := range lines {
		if !l.Found() || since.After(l.Day) {
			continue
		}
		key := l.grid + "/" + l.place
		if l.place == "" {
			key = l.grid + "//" + l.IssueType
		}
		r := at[key]
		if r == nil {
			r = &RepeatPlace{Grid: l.Grid, Community: l.Community, Place: l.Place, First: l.Day, Last: l.Day, key: key}
			at[key] = r
		}
		r.Findings++
		if l.IssueType != "" {
			r.Types = addOnce(r.Types, l.IssueType)
		}
		if r.First.After(l.Day) {
			r.First = l.Day
		}
		if l.Day.After(r.Last) {
			r.Last = l.Day
		}
		if l.Open() {
			r.Open++
		}
	}
	list := []RepeatPlace{}
	for _, r := range at {
		if r.Findings > 1 {
			slices.Sort(r.Types)
			list = append(list, *r)
		}
	}
	slices.SortFunc(list, func(x, y RepeatPlace) int {
		if x.Findings != y.Findings {
			return int(y.Findings - x.Findings)
		}
		if c := y.Last.Time().Compare(x.Last.Time()); c != 0 {
			return c
		}
		return strings.Compare(x.key, y.key)
	})
	return list
}

// Where is the place in words: grid and place, or grid and what is found there again.
func (r RepeatPlace) Where() string {
	if r.Place == "" {
		return r.Grid + " · " + strings.Join(r.Types, ledger.AttachmentMark)
	}
	return r.Grid + " · " + r.Place
}

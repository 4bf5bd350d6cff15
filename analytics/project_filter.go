package analytics

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// NoLead is the word that filters projects without a leader.
const NoLead = "-"

// ProjectFilter narrows the project ledger; a word that is empty leaves all.
type ProjectFilter struct {
	Light    Color  `json:"light,omitempty"`
	Leader   string `json:"leader,omitempty"` // NoLead: nobody leads
	Section  string `json:"section,omitempty"`
	Category string `json:"category,omitempty"`
	Stage    string `json:"stage,omitempty"`
	Text     string `json:"text,omitempty"` // words that all stand in the project's name, progress, problem or what is to be coordinated
}

// ProjectChoices are what the ledger can be narrowed by: every name there is, and the lights that the other filters leave.
type ProjectChoices struct {
	Lights     Lights
	Leaders    []string
	Sections   []string
	Categories []string
	Stages     []string
	NoLead     bool // some project has no leader
	Of         int  // projects in all
}

// FilteredProjects answers how the projects that meet a filter stand, the worst first; totals and groups are of those.
func (a *Analytics) FilteredProjects(ctx context.Context, q Question, f ProjectFilter) (*ProjectsAnswer, error) {
	if f.Light != "" && f.Light.rank() < 0 {
		return nil, ledger.Fail(ledger.Invalid, text.T("error.bad_light", string(f.Light)))
	}
	all, err := a.Projects(ctx, q)
	if err != nil {
		return nil, err
	}
	answer := &ProjectsAnswer{Stamp: all.Stamp, Items: []ProjectItem{}, Filter: f, Choices: choicesOf(all.Items)}
	for _, i := range all.Items {
		if !f.keeps(i) {
			continue
		}
		answer.Choices.Lights.add(i.Light)
		if f.Light == "" || i.Light.Color == f.Light {
			answer.Items = append(answer.Items, i)
		}
	}
	slices.SortStableFunc(answer.Items, worseProject)
	answer.Totals, answer.ByCategory, answer.ByLeader = totalsOf(answer.Items), byCategory(answer.Items), byLeader(answer.Items)
	return answer, nil
}

// worseProject orders projects by light, then by the days their latest milestone is late, then by how far they are behind time.
func worseProject(a, b ProjectItem) int {
	return cmp.Or(cmp.Compare(a.Light.Color.rank(), b.Light.Color.rank()), cmp.Compare(orNone(b.DaysLate), orNone(a.DaysLate)), b.Gap.OrZero().Cmp(a.Gap.OrZero()))
}

// keeps reports whether a project meets every filter but that of its light.
func (f ProjectFilter) keeps(i ProjectItem) bool {
	switch {
	case f.Leader == NoLead && len(i.Leaders) > 0, f.Leader != "" && f.Leader != NoLead && !slices.Contains(i.Leaders, f.Leader):
		return false
	case f.Section != "" && !slices.Contains(sectionsOf(i), f.Section), f.Category != "" && i.Category != f.Category, f.Stage != "" && i.Stage != f.Stage:
		return false
	}
	said := strings.ToLower(strings.Join([]string{i.Project, i.Stage, i.Progress, i.Problem, i.Coordination, i.NextStep}, "\n"))
	for _, word := range strings.Fields(strings.ToLower(f.Text)) {
		if !strings.Contains(said, word) && !strings.Contains(ledger.NameKey(i.Project), ledger.NameKey(word)) {
			return false
		}
	}
	return true
}

// sectionsOf parts the sections of a project, which may be several.
func sectionsOf(i ProjectItem) []string {
	return strings.FieldsFunc(i.Section, func(r rune) bool { return strings.ContainsRune("、，,；;", r) })
}

func choicesOf(items []ProjectItem) ProjectChoices {
	c := ProjectChoices{Of: len(items)}
	for _, i := range items {
		c.NoLead = c.NoLead || len(i.Leaders) == 0
		for _, name := range i.Leaders {
			c.Leaders = addOnce(c.Leaders, name)
		}
		for _, name := range sectionsOf(i) {
			c.Sections = addOnce(c.Sections, name)
		}
		if i.Category != "" {
			c.Categories = addOnce(c.Categories, i.Category)
		}
		if i.Stage != "" {
			c.Stages = addOnce(c.Stages, i.Stage)
		}
	}
	return c
}

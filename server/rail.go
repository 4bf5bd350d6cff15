package server

import "slices"

// railGroup is a heading of the rail with the pages under it.
type railGroup struct {
	Title string
	Links []link
}

// railed is a group of the rail as it is declared.
type railed struct {
	title string
	pages [][2]string // key, path
}

// rail lists the pages in their groups; a page's title is page.title.KEY.
var rail = []railed{
	{"", [][2]string{{"cockpit", "/"}, {"meeting", "/meeting"}, {"briefing", "/briefing"}, {"alerts", "/alerts"}, {"screen", "/screen"}}},
	{"page.rail.projects", [][2]string{{"projects", "/projects"}, {"leaders", "/leaders"}, {"actions", "/actions"}, {"schedule", "/schedule"}, {"resettlement", "/resettlement"}}},
	{"page.rail.economy", [][2]string{{"tax", "/tax"}, {"investment", "/investment"}, {"buildings", "/buildings"}, {"indicators", "/indicators"}}},
	{"page.rail.street", [][2]string{{"grid", "/grid"}, {"patrols", "/patrols"}, {"scores", "/scores"}, {"cases", "/cases"}, {"enforcement", "/enforcement"}}},
	{"page.rail.data", [][2]string{{"records", "/records"}, {"imports", "/imports"}, {"changes", "/changes"}, {"source", "/source"}}},
	{"page.rail.admin", [][2]string{{"people", "/admin/people"}, {"audit", "/admin/audit"}, {"backups", "/admin/backups"}}},
}

// railed is the rail as this record has it: the roll-up of sub-districts is for several.
func (p page) railed() []railed {
	list := make([]railed, len(rail))
	for i, g := range rail {
		list[i] = railed{g.title, slices.DeleteFunc(slices.Clone(g.pages), func(entry [2]string) bool { return !p.mayGo(entry[1]) })}
	}
	if p.Several && p.mayGo("/areas") {
		list[0].pages = append(list[0].pages, [2]string{"areas", "/areas"})
	}
	if p.who.Limited() {
		list[0].pages = append(list[0].pages, [2]string{"leader", leaderPath(p.who.Name)})
	}
	return slices.DeleteFunc(list, func(g railed) bool { return len(g.pages) == 0 })
}

// tabs are the pages of the phone's bottom bar; the rest stands behind its last entry.
var tabs = []struct{ key, path, icon string }{
	{"cockpit", "/", "M3 11 12 4l9 7v9h-6v-6H9v6H3z"},
	{"meeting", "/meeting", "M5 5h14v11H9l-4 4zM9 9h6m-6 3h4"},
	{"projects", "/projects", "M4 6h16M4 12h16M4 18h10"},
	{"tax", "/tax", "M4 20V10m5 10V4m5 16v-7m5 7V8"},
}

// tab is an entry of the phone's bottom bar with the outline of its icon.
type tab struct {
	link
	Icon string
}

// Rail is the list of pages for the rail.
func (p page) Rail() []railGroup {
	groups := make([]railGroup, 0, len(rail))
	for _, g := range p.railed() {
		group := railGroup{}
		if g.title != "" {
			group.Title = p.T(g.title)
		}
		for _, entry := range g.pages {
			group.Links = append(group.Links, p.entry(entry[0], entry[1]))
		}
		groups = append(groups, group)
	}
	return groups
}

// Tabs are the first entries of the phone's bar.
func (p page) Tabs() []tab {
	list := make([]tab, 0, len(tabs))
	for _, t := range tabs {
		if p.mayGo(t.path) {
			list = append(list, tab{p.entry(t.key, t.path), t.icon})
		}
	}
	return list
}

// Rest are the pages that the phone's bar keeps behind "more".
func (p page) Rest() []link {
	var list []link
	for _, g := range p.railed() {
		for _, entry := range g.pages {
			if !p.inTabs(entry[0]) {
				list = append(list, p.entry(entry[0], entry[1]))
			}
		}
	}
	return list
}

// InRest reports whether the open page stands behind "more".
func (p page) InRest() bool { return !p.inTabs(p.Key) }

func (p page) inTabs(key string) bool {
	for _, t := range tabs {
		if t.key == key {
			return true
		}
	}
	return false
}

func (p page) entry(key, path string) link {
	l := link{Text: p.T("page.title." + key), Href: p.Link(path), Current: key == p.Key}
	if key == "meeting" {
		l.Badge = p.Badge
	}
	return l
}

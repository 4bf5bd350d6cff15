package server

import (
	"net/url"

	"taizhang/internal/access"
)

// acting is who a page is for, and what decides what of it is shown.
type acting struct {
	who   visitor
	marks marks
	table map[string]route
}

// May reports whether the person holds a permission: what a page's buttons ask.
func (p acting) May(permission string) bool { return p.who.May(access.Permission(permission)) }

// Bare reports whether the page is for nobody yet: it has no rail, and leads nowhere.
func (p acting) Bare() bool { return !p.who.Anybody && !p.who.SignedIn() }

// Me is the name of who signed in, as it is filled in when the page is sent; empty while nobody does.
func (p acting) Me() string {
	if !p.who.SignedIn() {
		return ""
	}
	return string(p.marks.name)
}

// Unguarded reports whether the program runs without accounts.
func (p acting) Unguarded() bool { return p.who.Anybody }

// mayGo reports whether a page of our own would answer the person.
func (p acting) mayGo(path string) bool {
	if u, err := url.Parse(path); err == nil {
		path = u.Path
	}
	r, found := p.table[path]
	return found && p.who.May(r.Needs) && (!p.who.Limited() || r.Own != "" || r.Needs == access.Own) && (r.Name != "areas" || len(p.who.Areas) == 0)
}

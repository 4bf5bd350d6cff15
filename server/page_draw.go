package server

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/ledger"
)

// drawPage is one draw with what is needed to draw the same anywhere.
type drawPage struct {
	page
	Ans    *analytics.DrawAnswer
	Facts  []fact
	Lots   *card
	Names  string // the list, a name a line
	Recipe string
	Said   string // what a repeat found
	Bad    bool
	Repeat string
}

// drawRecipe draws the same with sha256sum and sort alone; the names stand in a file, a line each.
const drawRecipe = `LC_ALL=C sort -u names.txt | sha256sum            # %s
seed=%s
while read -r name; do
  printf '%%s:%%s' "$seed" "$name" | sha256sum | cut -c1-64 | tr '\n' ' '; echo "$name"
done < names.txt | LC_ALL=C sort -u | head -n %d | cut -d' ' -f2-`

func (a *app) showDraw(c *fiber.Ctx, q analytics.Question, ans *analytics.DrawAnswer) error {
	return a.renderDraw(c, q, ans, nil)
}

// renderDraw shows a draw, and what a repeat of it came to.
func (a *app) renderDraw(c *fiber.Ctx, q analytics.Question, ans *analytics.DrawAnswer, tried *repeated) error {
	p := drawPage{page: a.newAnswerPage(c, "scores", q, ans.Foot()), Ans: ans, Names: strings.Join(ans.Names, "\n"), Repeat: drawPath(ans.Name) + "/repeat"}
	p.path = drawPath(ans.Name)
	p.Filters = nil
	p.Crumb = &link{Text: p.Title, Href: p.Link("/scores")}
	p.Title, p.Sub = ans.Day.String(), ans.Kind
	p.Recipe = fmt.Sprintf(drawRecipe, ans.ListDigest, ans.Seed, ans.Count)
	if tried != nil {
		p.Said, p.Bad, p.Names = p.Say(tried.Message), !tried.Identical, strings.Join(tried.Names, "\n")
	}
	field := func(name, value string, wide bool) fact {
		f, _ := ledger.Draws.Field(name)
		return fact{Label: f.Label(p.Lang), Text: orDash(value), Wide: wide}
	}
	p.Facts = []fact{field("kind", ans.Kind, false), field("list_count", value(len(ans.Names)), false), field("drawn_count", value(ans.Count), false), field("drawn_by", ans.By, false),
		field("algorithm", ans.Algorithm, false), {Label: p.T("draw.roster_now"), Text: p.rosterNow(ans)}, field("seed", ans.Seed, true), field("list_digest", ans.ListDigest, true), field("result", strings.Join(ans.Result, "、"), true)}
	if ans.Note != "" {
		p.Facts = append(p.Facts, field("note", ans.Note, true))
	}
	p.Lots = p.card("draw_lots", "long")
	p.Lots.Table = p.columns(wordCol("draw_name"), numCol("draw_place", ""), textCol("draw_lot"))
	for _, l := range ans.Lots {
		p.Lots.Table.add(words(l.Name), num(p.Num().whole(l.Place, "")), words(l.Lot))
	}
	return a.render(c, "draw", p)
}

// rosterNow says whether the roster of the day is still the list that was drawn from.
func (p page) rosterNow(ans *analytics.DrawAnswer) string {
	if len(ans.Missing)+len(ans.Added) == 0 {
		return p.T("draw.same_roster")
	}
	return p.T("draw.other_roster", len(ans.Missing), len(ans.Added))
}

// Filter picks the draw's own row.
func (p drawPage) Filter() ledger.Filter {
	return ledger.Filter{"drawn_on": p.Ans.Day.String(), "kind": p.Ans.Kind}
}

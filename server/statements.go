package server

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// sendStatements answers with the SQL behind a page: every statement that was put for it, the values bound to it, and the views they read.
func (a *app) sendStatements(c *fiber.Ctx, tally *analytics.Tally) error {
	var b strings.Builder
	in := lang(c)
	fmt.Fprintf(&b, "-- %s\n", text.T("page.sql.head", len(tally.Asked)).In(in))
	views := map[string]string{}
	// Many are asked side by side: by name, so that the same page is the same text.
	slices.SortStableFunc(tally.Asked, func(x, y analytics.Asked) int {
		return cmp.Or(cmp.Compare(x.Statement, y.Statement), cmp.Compare(fmt.Sprint(x.Params), fmt.Sprint(y.Params)))
	})
	for _, asked := range tally.Asked {
		sql, _ := analytics.Statement(asked.Statement)
		fmt.Fprintf(&b, "\n-- == %s ==\n", asked.Statement)
		for _, name := range slices.Sorted(maps.Keys(asked.Params)) {
			if strings.Contains(sql, "{"+name+":") {
				fmt.Fprintf(&b, "-- {%s} = %s\n", name, oneLine(asked.Params[name]))
			}
		}
		b.WriteString(sql + ";\n")
		for _, v := range ledger.Views() {
			if strings.Contains(sql, " "+v.Name+"(") {
				views[v.Name] = v.DDL
			}
		}
	}
	fmt.Fprintf(&b, "\n-- %s\n", text.T("page.sql.views").In(in))
	for _, name := range slices.Sorted(maps.Keys(views)) {
		b.WriteString("\n" + views[name] + ";\n")
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	return c.SendString(b.String())
}

// oneLine keeps a bound value within its comment.
func oneLine(value string) string { return strings.NewReplacer("\n", " ", "\r", " ").Replace(value) }

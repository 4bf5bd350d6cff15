package server

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// auditPage is the search over who did what.
type auditPage struct {
	page
	Who, Text, From, To string
	Actions             []option
	List                *table
	Count               string
	Pager               *pager
	Kept                string
}

// auditQuery reads ?who=, action=, from=, to= (days of the office, to included) and text=.
func auditQuery(c *fiber.Ctx) (ledger.AuditQuery, error) {
	q := ledger.AuditQuery{Who: c.Query("who"), Action: c.Query("action"), Text: c.Query("text")}
	for name, at := range map[string]*time.Time{"from": &q.From, "to": &q.To} {
		value := c.Query(name)
		if value == "" {
			continue
		}
		day, err := time.ParseInLocation(time.DateOnly, value, ledger.Office)
		if err != nil {
			return q, ledger.Fail(ledger.Invalid, text.T("error.bad_date", name, value))
		}
		if *at = day; name == "to" {
			*at = day.AddDate(0, 0, 1)
		}
	}
	return q, nil
}

// mostAudited bounds a file of the audit; a longer one is asked for by days.
const mostAudited = 100_000

// auditAnswer are lines of the audit, newest first, and how many there are in all.
type auditAnswer struct {
	Lines []ledger.Audited `json:"lines"`
	Total uint64           `json:"total"`
}

func (a *app) showAudit(c *fiber.Ctx) error {
	q, err := auditQuery(c)
	if err != nil {
		return err
	}
	switch format(c) {
	case "json":
		list, total, err := a.ledger.AuditLines(c.UserContext(), q, 0, mostAudited)
		if err != nil {
			return err
		}
		return c.JSON(auditAnswer{Lines: list, Total: total})
	case "csv":
		return a.sendAudit(c, q)
	}
	p := auditPage{page: a.newPage(c, "audit"), Who: q.Who, Text: q.Text, From: c.Query("from"), To: c.Query("to")}
	p.keepOwn(c, "who", "action", "from", "to", "text", pageWord)
	at, err := strconv.Atoi(c.Query(pageWord))
	if err != nil || at < 1 {
		at = 1
	}
	list, total, err := a.ledger.AuditLines(c.UserContext(), q, (at-1)*pageRows, pageRows)
	if err != nil {
		return err
	}
	_, _, p.Pager = p.part(c, int(total))
	p.Count = p.T("audit.count", total)
	p.Kept = p.T("audit.kept")
	if days := a.cfg.AuditDays; days > 0 {
		p.Kept = p.T("audit.kept_days", days)
	}
	p.Actions = []option{{"", p.T("audit.every"), q.Action == ""}}
	for _, action := range ledger.AuditActions {
		p.Actions = append(p.Actions, option{action, p.T("audit.did." + action), q.Action == action})
	}
	p.List = &table{Columns: []column{{Label: p.T("audit.col.at"), Kind: "day"}, {Label: p.T("audit.col.who")}, {Label: p.T("audit.col.action"), Kind: "word"},
		{Label: p.T("audit.col.subject"), Kind: "text"}, {Label: p.T("audit.col.status"), Kind: "num"}, {Label: p.T("audit.col.from")}, {Label: p.T("audit.col.request"), Kind: "word"}}}
	for _, one := range list {
		did := words(p.T("audit.did." + one.Action))
		if one.Status >= 400 {
			did = did.toned("bad")
		}
		p.List.add(words(one.At.UTC().Format("2006-01-02 15:04:05")), words(or(one.Person, one.Account)).under(beside2(one)), did,
			words(one.Subject).under(one.Detail), words(strconv.Itoa(int(one.Status))), words(one.Address), words(one.Request))
	}
	return a.render(c, "audit", p)
}

// beside2 is the account under a person's name, where both are known.
func beside2(one ledger.Audited) string {
	if one.Person == "" {
		return ""
	}
	return one.Account
}

// sendAudit answers with the audit as CSV.
func (a *app) sendAudit(c *fiber.Ctx, q ledger.AuditQuery) error {
	list, _, err := a.ledger.AuditLines(c.UserContext(), q, 0, mostAudited)
	if err != nil {
		return err
	}
	b := bytes.NewBufferString("\ufeff")
	out := csv.NewWriter(b)
	in := lang(c)
	var head []string
	for _, key := range []string{"at", "request", "account", "who", "from", "action", "route", "subject", "status", "area", "detail"} {
		head = append(head, text.T("audit.col."+key).In(in))
	}
	rows := [][]string{head}
	for _, l := range list {
		row := []string{l.At.UTC().Format(time.RFC3339Nano), l.Request, l.Account, l.Person, l.Address, l.Action, l.Route, l.Subject, strconv.Itoa(int(l.Status)), l.Area, l.Detail}
		for i := range row {
			row[i] = safeText(row[i])
		}
		rows = append(rows, row)
	}
	if err := out.WriteAll(rows); err != nil {
		return err
	}
	c.Attachment("audit-" + ledger.Today(a.ledger.Now()).Format(time.DateOnly) + ".csv")
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	return c.Send(b.Bytes())
}

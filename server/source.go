package server

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// behindRows is how many rows behind a figure are shown; the number of all is told.
const behindRows = 200

// lineage is where a figure or a row comes from.
type lineage struct {
	Dataset  string           `json:"dataset"`
	Key      string           `json:"key,omitempty"`
	Filter   ledger.Filter    `json:"filter,omitempty"`
	Asof     string           `json:"asof"`
	Total    uint64           `json:"total"`
	Versions []ledger.Version `json:"versions"`
	dataset  *ledger.Dataset
}

// showSource answers /source?dataset=&key= (every version of one row) and
// /source?dataset=&FIELD=VALUE… (the rows behind a figure).
func (a *app) showSource(c *fiber.Ctx) error {
	q, err := a.question(c)
	if err != nil {
		return err
	}
	if c.Query("dataset") == "" {
		return a.listSources(c, q)
	}
	d, err := ledger.Find(c.Query("dataset"))
	if err != nil {
		return err
	}
	found := lineage{Dataset: d.Name, Key: c.Query("key"), Asof: q.Clock.Asof.Format("2006-01-02"), dataset: d}
	if found.Key != "" {
		found.Versions, err = a.record(c).Versions(c.UserContext(), d, found.Key, q.Clock)
		found.Total = uint64(len(found.Versions))
		if err == nil && found.Total == 0 {
			err = ledger.Fail(ledger.NotFound, text.T("error.not_found", found.Key))
		}
	} else {
		found.Filter = filterOf(c, d)
		if err := mayAsk(c, d, found.Filter); err != nil {
			return err
		}
		found.Versions, found.Total, err = a.record(c).Behind(c.UserContext(), d, found.Filter, q.Clock, behindRows)
	}
	if err != nil {
		return err
	}
	analytics.Hide(found.Versions, visitorOf(c).Hides())
	switch format(c) {
	case "json":
		return c.JSON(found)
	case "csv":
		return a.sendTable(c, versionTable(found.Versions, lang(c)), found.Asof)
	}
	version, err := a.ledger.Version(c.UserContext())
	if err != nil {
		return err
	}
	return a.render(c, "source", a.newSourcePage(c, q, found, version))
}

// filterOf takes every word of the address that is not the question's own; a
// field of the dataset may be called like a word of the question.
func filterOf(c *fiber.Ctx, d *ledger.Dataset) ledger.Filter {
	filter := ledger.Filter{}
	for name, value := range c.Queries() {
		_, declared := d.Field(name)
		asks := name == "dataset" || name == langKey || slices.Contains(kept, name)
		if name == "asof" || name == "known" || asks && !declared {
			continue
		}
		filter[name] = value
	}
	return filter
}

// standingAnswer is /source.json without a dataset.
type standingAnswer struct {
	Datasets []datasetStanding `json:"datasets"`
}

// datasetStanding is a dataset with how many of its rows stand.
type datasetStanding struct {
	Dataset string `json:"dataset"`
	Rows    uint64 `json:"rows"`
}

// listSources answers /source alone: the datasets with the rows that stand.
func (a *app) listSources(c *fiber.Ctx, q analytics.Question) error {
	counts, err := a.record(c).Standing(c.UserContext(), q.Clock)
	if err != nil {
		return err
	}
	list := make([]datasetStanding, len(ledger.All))
	for i, d := range ledger.All {
		list[i] = datasetStanding{d.Name, counts[d.Name]}
	}
	switch format(c) {
	case "json":
		return c.JSON(standingAnswer{list})
	case "csv":
		t := analytics.Table{Columns: traceColumns("dataset", "standing")}
		for i, s := range list {
			t.Rows = append(t.Rows, []any{ledger.All[i].Label(lang(c)), int64(s.Rows)})
		}
		return a.sendTable(c, t, q.Clock.Asof.Format(time.DateOnly))
	}
	p := sourcePage{page: a.newPage(c, "source")}
	p.Question = q
	p.Table = p.boxed("datasets")
	t := p.heads("dataset", "standing:num")
	for i, s := range list {
		t.add(leads(ledger.All[i].Label(p.Lang), p.Source(s.Dataset, nil)), num(p.Num().whole(int(s.Rows), "")))
	}
	p.Table.Table = t
	return a.render(c, "source", p)
}

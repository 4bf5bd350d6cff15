package server

import (
	"encoding/csv"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"taizhang/analytics"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// hostileLeads begin the texts of the hostile record: what spreadsheet programs take for a formula.
var hostileLeads = []string{"=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "'="}

// hostileText is a text of the hostile record; what follows its lead would call a program.
func hostileText(lead string) string { return lead + `cmd|'/C calc'!A1` }

// hostileLedger holds a row of every dataset for every lead, all of whose texts are hostile, and a file with a hostile name, sheet and cells.
func hostileLedger(t *testing.T) *ledger.Ledger {
	t.Helper()
	l := testkit.Ledger(t)
	_, err := l.Load(t.Context(), ledger.Load{Kind: "import", By: hostileText("@"), Mode: "all", File: ledger.File{Name: hostileText("=") + ".csv", Hash: "hostile"},
		Sources: []ledger.Source{{Sheet: hostileText("+")}},
		Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
			for _, d := range ledger.All {
				for _, lead := range hostileLeads {
					if err := add(d, hostileRow(t, d, lead)); err != nil {
						return err
					}
				}
			}
			return nil
		},
		Problems: []ledger.Problem{{Severity: "warning", Dataset: "tax", Sheet: ledger.Optional(hostileText("=")), Cell: "A1", Column: hostileText("-"), Kind: "value", Found: hostileText("＝"), Expected: hostileText("@"), Message: hostileText("+")}}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func hostileRow(t *testing.T, d *ledger.Dataset, lead string) ledger.Row {
	t.Helper()
	values := map[string]any{}
	for _, f := range d.Fields {
		switch f.Kind {
		case ledger.Text, ledger.Name, ledger.Code, ledger.Enum:
			values[f.Name] = hostileText(lead)
		case ledger.People:
			values[f.Name] = []string{hostileText(lead)}
		case ledger.Money, ledger.Area, ledger.Number, ledger.Percent:
			values[f.Name] = amount("-12.5")
		case ledger.Count:
			values[f.Name] = int64(1)
		case ledger.Date:
			values[f.Name] = onDay(2016, 6, 20)
		case ledger.Period:
			values[f.Name] = ledger.Day{From: onDay(2016, 5, 1).From, To: onDay(2016, 5, 31).To, Precision: "month"}
		case ledger.Flag:
			values[f.Name] = true
		}
	}
	return odd(t, d, values, nil)
}

// csvParts are what fills the parts of addresses that answer in CSV: a value for each, by the path of its route.
var csvParts = map[string]string{
	"/projects/:code": hostileText("="), "/leaders/:name": hostileText("@"), "/buildings/:code": hostileText("="), "/imports/:batch": "1", "/actions/:number": hostileText("="), "/cases/:number": hostileText("="),
}

// hostileNames are what the record calls a patrol and a draw in addresses.
func hostileNames(t *testing.T, a *app) (patrol, draw string) {
	t.Helper()
	q, err := ask(t.Context(), a.ledger, asked{Asof: "2016-06-30"})
	if err != nil {
		t.Fatal(err)
	}
	patrols, err := a.analytics.Patrols(t.Context(), analytics.PatrolsQuestion{Question: q, Days: 365})
	if err != nil || len(patrols.Items) == 0 {
		t.Fatal("no patrol", err)
	}
	draws, err := a.analytics.AllScores(t.Context(), q)
	if err != nil || len(draws.Draws)+len(draws.Today) == 0 {
		t.Fatal("no draw", err)
	}
	return patrols.Items[0].ID, slices.Concat(draws.Today, draws.Draws)[0].Name
}

// csvAddresses are all addresses of the route table that answer in CSV, /source with every dataset.
func csvAddresses(t *testing.T, a *app) []string {
	t.Helper()
	var list []string
	parts := maps.Clone(csvParts)
	parts["/patrols/:id"], parts["/scores/draws/:draw"] = hostileNames(t, a)
	for _, r := range a.routes() {
		if !strings.Contains(r.Formats, "csv") || r.Method != "" {
			continue
		}
		path := r.Path
		if at := strings.Index(path, "/:"); at >= 0 {
			part, known := parts[path]
			if !known {
				t.Errorf("csvParts has nothing for %s", path)
				continue
			}
			path = path[:at+1] + url.PathEscape(part)
		}
		if path == "/" {
			path = "/index"
		}
		list = append(list, path+".csv")
		if path == "/source" {
			for _, d := range ledger.All {
				list = append(list, path+".csv?dataset="+d.Name)
			}
		}
	}
	if len(list) < 20 {
		t.Fatalf("only %d addresses answer in CSV: %v", len(list), list)
	}
	return list
}

// figureOrDay is what may begin with a sign: a number.
var figureOrDay = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

// checkHarmless holds every cell of a CSV, and counts those that an apostrophe keeps from being a formula.
func checkHarmless(t *testing.T, from, content string) (marked int) {
	t.Helper()
	for _, wrong := range wrongTable(content) {
		t.Errorf("%s: %s", from, wrong)
	}
	rows, _ := csv.NewReader(strings.NewReader(strings.TrimPrefix(content, "\ufeff"))).ReadAll()
	for _, cell := range slices.Concat(rows...) {
		if strings.HasPrefix(cell, "'") {
			marked++
		}
	}
	return marked
}

// wrongTable looks for cells of a CSV that a spreadsheet program may run: what begins as a formula would must be a number.
func wrongTable(content string) (wrong []string) {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(content, "\ufeff"))).ReadAll()
	if err != nil {
		return []string{err.Error()}
	}
	for _, cell := range slices.Concat(rows...) {
		if cell != "" && !figureOrDay.MatchString(cell) && strings.ContainsRune("=+-@\t\r\n\x00＝＋－＠", []rune(cell)[0]) {
			wrong = append(wrong, fmt.Sprintf("a spreadsheet program may run %q", cell))
		}
	}
	return wrong
}

func TestNoCSVRunsAsAFormula(t *testing.T) {
	testkit.Unraced(t)
	l := hostileLedger(t)
	a := appOver(t, l)
	marked := map[string]int{}
	for _, address := range csvAddresses(t, a) {
		asked := address + "?asof=2016-06-30"
		if strings.Contains(address, "?") {
			asked = address + "&asof=2016-06-30"
		}
		got := call(t, a, http.MethodGet, asked, nil)
		if got.StatusCode != http.StatusOK || !strings.HasPrefix(got.Text, "\ufeff") {
			t.Errorf("%s: %d %.200q", asked, got.StatusCode, got.Text)
			continue
		}
		marked[address] = checkHarmless(t, asked, got.Text)
	}
	for _, address := range []string{"/projects.csv", "/buildings.csv", "/leaders.csv", "/imports/1.csv", "/imports.csv", "/source.csv?dataset=tax", "/changes.csv"} {
		if address != "/changes.csv" && marked[address] == 0 {
			t.Errorf("%s shows nothing of the hostile record", address)
		}
	}
	dir := t.TempDir()
	for _, d := range ledger.All {
		file := filepath.Join(dir, d.Name+".csv")
		if code, _, errs := runCommand(l, "export", d.Name, "--csv", "--out", file, "--asof", "2016-06-30"); code != exitDone {
			t.Fatal(errs)
		}
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if checkHarmless(t, "export "+d.Name, string(content)) == 0 {
			t.Errorf("export %s holds nothing of the hostile record", d.Name)
		}
	}
	code, out, errs := runCommand(l, "report", "projects", "--csv", "--asof", "2016-06-30")
	if code != exitDone || checkHarmless(t, "report projects", out) == 0 {
		t.Error(code, errs, fmt.Sprintf("%.200s", out))
	}
}

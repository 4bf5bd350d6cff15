package ingest

import (
	"context"
	"strings"

	"taizhang/internal/text"
	"taizhang/internal/wording"
	"taizhang/ledger"
)

// officeLabels stand before the office that made a sheet.
var officeLabels = []string{"填报单位", "填表单位", "报送单位", "上报单位", "编制单位", "制表单位"}

// saidOffice is the office that a sheet says it comes from.
type saidOffice struct {
	place
	text string
}

// readOffice notes which office the banner names.
func (t *table) readOffice() {
	if said, cell := t.ctx.banner(officeLabels); said != "" {
		t.file.offices = append(t.file.offices, saidOffice{place{dataset: t.dataset.Name, sheet: t.grid.name, cell: cell}, said})
	}
}

// holdOffices warns of a sheet that says it comes from another sub-district of the record than the one it is to be loaded for. An
// office nobody knows is no reason to warn: sections and communities fill in sheets too.
func (f *File) holdOffices(ctx context.Context, l *ledger.Ledger) error {
	if len(f.offices) == 0 {
		return nil
	}
	areas, err := l.Areas(ctx)
	if err != nil {
		return err
	}
	for _, said := range f.offices {
		names := func(area string) bool { return strings.Contains(wording.NameKey(said.text), wording.NameKey(area)) }
		if names(l.Area()) {
			continue
		}
		for _, area := range areas {
			if area != l.Area() && names(area) {
				f.Problems = append(f.Problems, newProblem(ledger.SeverityWarning, "other_area", said.place, said.text, l.Area(), text.T("problem.other_area", area, l.Area())))
				break
			}
		}
	}
	return nil
}

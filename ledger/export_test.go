package ledger_test

import (
	"maps"
	"testing"
	"time"

	"taizhang/ledger"
)

func TestMarksComeBackAsTheyWere(t *testing.T) {
	for _, d := range ledger.All {
		marks := map[string]string{}
		words := []string{"约", "month", "month_end", "year_end", "open", "–2000", "以上", "half_year", "ten_days", "quarter_end", "quarter", "year", "half_year_end", "余"}
		for i, f := range d.StoredFields() {
			marks[f.Name] = words[i%len(words)]
		}
		if got := d.ParseMarks(d.FormatMarks(marks)); !maps.Equal(got, marks) {
			t.Errorf("%s: %v, was %v", d.Name, got, marks)
		}
	}
	if got := ledger.Tax.FormatMarks(nil); got != "" || len(ledger.Tax.ParseMarks("税额；=；没有的列=约")) != 0 {
		t.Errorf("%q", got)
	}
}

func TestMarkedDaysStandForTheirSpan(t *testing.T) {
	for precision, want := range map[string][2]string{
		"": {"2016-05-31", "2016-05-31"}, "day": {"2016-05-31", "2016-05-31"}, "约": {"2016-05-31", "2016-05-31"}, "month_end": {"2016-05-31", "2016-05-31"},
		"ten_days": {"2016-05-21", "2016-05-31"}, "month": {"2016-05-01", "2016-05-31"}, "quarter": {"2016-04-01", "2016-06-30"},
		"half_year": {"2016-01-01", "2016-06-30"}, "year": {"2016-01-01", "2016-12-31"},
	} {
		day := ledger.DayOf(time.Date(2016, 5, 31, 0, 0, 0, 0, time.UTC)).Widen(precision)
		if got := [2]string{day.From.Format(time.DateOnly), day.To.Format(time.DateOnly)}; got != want {
			t.Errorf("%q: %v, want %v", precision, got, want)
		}
	}
}

package ledger_test

import (
	"testing"

	"taizhang/ledger"
)

func figureSaid(value, mark string) ledger.Said {
	if value == "" {
		return ledger.Said{Mark: mark}
	}
	return ledger.Said{Value: ledger.MustDecimal(value), Mark: mark}
}

func TestWhatAQualifiedFigureCanBe(t *testing.T) {
	for _, c := range []struct{ value, mark, least, most string }{
		{"476", "", "476", "476"}, {"11200", "≥", "11200", "11300"}, {"280", "≥", "280", "290"}, {"214", "≥", "214", "215"}, {"35000", "≥", "35000", "36000"},
		{"0", "≥", "0", "1"}, {"28.77", "≥", "28.77", "28.78"}, {"100", "<", "0", "100"}, {"350", "<", "340", "350"}, {"45", "≈", "44.5", "45.5"},
		{"-20", "≈", "-25", "-15"}, {"5", "–8", "5", "—"}, {"", "≥", "—", "—"},
	} {
		least, most := figureSaid(c.value, c.mark).Bounds()
		if least.String() != c.least || most.String() != c.most {
			t.Errorf("%s%s: %s to %s, want %s to %s", c.mark, c.value, least, most, c.least, c.most)
		}
	}
}

func TestFallsOfRunningFigures(t *testing.T) {
	for _, c := range []struct {
		now, mark, before, was string
		fell                   bool
	}{
		{"10", "", "10", "", false}, {"9", "", "10", "", true}, {"11100", "", "11200", "≥", true}, {"11000", "≥", "11200", "≥", false},
		{"1290", "", "1300", "<", false}, {"", "", "10", "", false}, {"9", "", "", "", false}, {"9", "–12", "10", "", false},
	} {
		if got := figureSaid(c.now, c.mark).Fell(figureSaid(c.before, c.was)); got != c.fell {
			t.Errorf("%s%s after %s%s: %v", c.mark, c.now, c.was, c.before, got)
		}
	}
}

// TestSumsOfTheArticle: 476 = 277 + 199 and 28.77 = 26.51 + 2.26.
func TestSumsOfTheArticle(t *testing.T) {
	for _, c := range []struct {
		total, mark, a, b, bMark, tolerance, difference string
		holds                                           bool
	}{
		{"476", "", "277", "199", "", "0", "0", true}, {"28.77", "", "26.51", "2.26", "", "0", "0", true}, {"477", "", "277", "199", "", "0", "1", false},
		{"475", "", "277", "199", "", "0", "-1", false}, {"28.78", "", "26.51", "2.26", "", "0.01", "0.01", true}, {"28.79", "", "26.51", "2.26", "", "0.01", "0.02", false},
		{"470", "≥", "277", "199", "", "0", "-6", true}, {"476", "", "277", "200", "<", "0", "-1", true}, {"476", "", "277", "", "", "0", "—", true}, {"", "", "277", "199", "", "0", "—", true},
	} {
		_, difference, holds := figureSaid(c.total, c.mark).AddUp([]ledger.Said{figureSaid(c.a, ""), figureSaid(c.b, c.bMark)}, ledger.MustDecimal(c.tolerance))
		if difference.String() != c.difference || holds != c.holds {
			t.Errorf("%s%s = %s + %s%s: %s %v", c.mark, c.total, c.a, c.bMark, c.b, difference, holds)
		}
	}
}

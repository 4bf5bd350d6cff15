package charts

import "testing"

func TestDaysAlongAnAxisAreWrittenAsDaysOrMonths(t *testing.T) {
	for _, c := range []struct {
		places []string
		want   string
	}{
		{[]string{"2016-01-31", "2016-02-29", "2016-06-24"}, isoMonth},
		{[]string{"2016-06-20", "2016-06-24"}, isoDay},
		{[]string{"2016-06-20", "合计"}, ""},
		{[]string{"2015", "2016"}, ""},
		{[]string{"2016-01", "2016-02"}, ""},
	} {
		if got := (&plot{Places: c.places}).dayFormat(); got != c.want {
			t.Errorf("%v: %q, want %q", c.places, got, c.want)
		}
	}
}

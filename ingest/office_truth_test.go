package ingest

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/ledger"
)

// derivedOf reads what a truth file derives.
func derivedOf(t *testing.T, name string, into any) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(samplesDir(), "truth", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &struct{ Derived any }{into}); err != nil {
		t.Fatal(err)
	}
}

func TestTheCalendarGivesEveryDayOfItsTruth(t *testing.T) {
	var want struct{ Off, Work []string }
	derivedOf(t, "工作日历2016", &want)
	got := map[string][]string{}
	s := readSample(t, "工作日历2016.xlsx").Sheets[0]
	for _, row := range s.Rows.All() {
		kind := row.Values[s.Dataset.Index("kind")].(string)
		got[kind] = append(got[kind], row.Values[s.Dataset.Index("date")].(ledger.Day).From.Format(time.DateOnly))
	}
	if len(want.Off) != 29 || !slices.Equal(got["放假"], want.Off) || !slices.Equal(got["上班"], want.Work) {
		t.Errorf("%v, want %+v", got, want)
	}
}

func TestCumulativeFundsBecomeTheMonthsOfTheirTruth(t *testing.T) {
	var want struct {
		Months map[string][]int64 `json:"months_wan"`
	}
	derivedOf(t, "到位资金2016年1-5月", &want)
	s := readSample(t, "到位资金2016年1-5月.xlsx").Sheets[0]
	got := map[string][]int64{}
	for _, row := range s.Rows.All() {
		name := row.Values[s.Dataset.Index("project")].(string)
		got[name] = append(got[name], row.Values[s.Dataset.Index("amount")].(decimal.Decimal).Shift(-4).IntPart())
	}
	for name, months := range want.Months {
		if !slices.Equal(got[name], months) {
			t.Errorf("%s: %v, want %v", name, got[name], months)
		}
	}
}

func TestDaysInOneCell(t *testing.T) {
	for said, want := range map[string]string{
		"10月1日至7日放假调休，共7天": "2016-10-01…2016-10-07 7", "10月8日（星期六）、9日（星期日）上班": "2016-10-08…2016-10-09 2", "1月1日": "2016-01-01…2016-01-01 1",
		"2016.4.30-5.2": "2016-04-30…2016-05-02 3", "12月30日至1月2日": "2016-12-30…2017-01-02 4", "2月6日和2月14日": "2016-02-06…2016-02-14 2",
		"10月": "", "13月1日": "", "10月7日至": "", "无": "", "1月1日至12月31日": "", "9日": "",
	} {
		days, ok := ParseDays(said, DateContext{Year: 2016})
		got := ""
		if ok {
			got = days[0].From.Format(time.DateOnly) + "…" + days[len(days)-1].From.Format(time.DateOnly) + " " + decimal.NewFromInt(int64(len(days))).String()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", said, got, want)
		}
	}
}

// TestAnIssueWithoutNumberIsKnownByItsText keeps two such issues of a project apart, and knows them again.
func TestAnIssueWithoutNumberIsKnownByItsText(t *testing.T) {
	csv := "项目名称,存在问题,提出时间,状态\n甲项目,缺水,2016.6.1,未解决\n甲项目,缺电,2016.6.1,未解决\n"
	f := Read(context.Background(), "问题清单.csv", []byte(csv), Options{Now: readMoment})
	var keys []string
	for _, row := range f.Sheets[0].Rows.All() {
		keys = append(keys, f.Sheets[0].Dataset.KeyOf(row.Values))
	}
	if !slices.Equal(keys, []string{"甲项目|缺水", "甲项目|缺电"}) || len(f.Problems) > 0 {
		t.Error(keys, f.Problems)
	}
}

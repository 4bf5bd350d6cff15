package ingest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

func show(d Date) string {
	return d.From.Format("2006-01-02") + " " + d.To.Format("2006-01-02") + " " + d.Precision
}

func TestParseDate(t *testing.T) {
	day := "2016-06-29 2016-06-29 day"
	month := "2016-06-01 2016-06-30 month"
	for in, want := range map[string]string{
		"2016年6月29日": day, "2016年6月29号": day, "2016.6.29": day, "2016/6/29": day, "2016-06-29": day, "20160629": day, "2016-06-29 00:00:00": day,
		"2016-06-29T00:00:00Z": day, "2016/6/29 0:00": day, "16.6.29": day, "16-06-29": day, "160629": day, "16年6月29日": day, "2016年06月29日": day, "6月29日": day,
		"6.29": day, "06/29": day, "6-29": day, "6月29": day, "二〇一六年六月二十九日": day, "二零一六年六月廿九日": day, "２０１６．６．２９": day, "2016年 6月 29日": day,
		"2016.6.29.": day, "2016年6月29日前": day, "2016.6.29止": day, "2016.6.29起": day, "约2016年6月29日": day, "2016年6月29日（星期三）": day, "2016年6月29日 星期三": day,
		"截至日期：2016年6月29日": day, "签约日期:2016.6.29": day, "2016年6月29日15时30分": day, "42550": day, "42550.75": day, "29/6/2016": day, "6/29/2016": day, "2016年6.29": day,
		"2016-6-29 10:20:30.123": day, "2016年6月29日上午": day, "数据截至2016年6月29日": day, "今年6月29日": day, "2016－06－29": day, "2016—6—29": day,
		"2016年6月": month, "2016.6": month, "2016/6": month, "2016-06": month, "201606": month, "16年6月": month, "16.6": month, "2016年6": month, "二零一六年六月": month,
		"二○一六年六月份": month, "6月": month, "六月": month, "2016年6月份": month, "2016.06": month, "2016.6月": month, "预计2016年6月": month, "2016年6月前": month, "2016年六月完成": month,
		"2015.1": "2015-01-01 2015-01-31 month", "2015.10": "2015-10-01 2015-10-31 month", "2017.12": "2017-12-01 2017-12-31 month", "2009.3": "2009-03-01 2009-03-31 month",
		"2017年1月": "2017-01-01 2017-01-31 month", "2016年元月": "2016-01-01 2016-01-31 month", "2016年十二月": "2016-12-01 2016-12-31 month",
		"98年8月": "1998-08-01 1998-08-31 month", "2016年初": "2016-01-01 2016-01-31 month",
		"2016年": "2016-01-01 2016-12-31 year", "2016": "2016-01-01 2016-12-31 year", "2016年度": "2016-01-01 2016-12-31 year", "今年": "2016-01-01 2016-12-31 year",
		"6月底": "2016-06-30 2016-06-30 month_end", "6月底前": "2016-06-30 2016-06-30 month_end", "2016年6月底": "2016-06-30 2016-06-30 month_end", "2016年2月末": "2016-02-29 2016-02-29 month_end",
		"2016.6月底前": "2016-06-30 2016-06-30 month_end", "2016年3月底": "2016-03-31 2016-03-31 month_end", "明年6月底": "2017-06-30 2017-06-30 month_end", "6月份底前": "2016-06-30 2016-06-30 month_end",
		"年底前": "2016-12-31 2016-12-31 year_end", "年底": "2016-12-31 2016-12-31 year_end", "年末": "2016-12-31 2016-12-31 year_end", "2016年底": "2016-12-31 2016-12-31 year_end",
		"2011年底": "2011-12-31 2011-12-31 year_end", "2016年年底前": "2016-12-31 2016-12-31 year_end", "今年年底": "2016-12-31 2016-12-31 year_end", "明年底": "2017-12-31 2017-12-31 year_end", "年内": "2016-12-31 2016-12-31 year_end",
		"上半年": "2016-01-01 2016-06-30 half_year", "2016年上半年": "2016-01-01 2016-06-30 half_year", "下半年": "2016-07-01 2016-12-31 half_year", "2017上半年": "2017-01-01 2017-06-30 half_year",
		"上半年末": "2016-06-30 2016-06-30 half_year_end",
		"一季度":  "2016-01-01 2016-03-31 quarter", "2016年二季度": "2016-04-01 2016-06-30 quarter", "第三季度": "2016-07-01 2016-09-30 quarter", "2016年三季度": "2016-07-01 2016-09-30 quarter",
		"2016年Q3": "2016-07-01 2016-09-30 quarter", "2016Q3": "2016-07-01 2016-09-30 quarter", "2016-Q3": "2016-07-01 2016-09-30 quarter", "2016三季度": "2016-07-01 2016-09-30 quarter",
		"2016年第4季度": "2016-10-01 2016-12-31 quarter", "四季度末": "2016-12-31 2016-12-31 quarter_end", "2016年三季度前": "2016-07-01 2016-09-30 quarter",
		"2016年6月中旬": "2016-06-11 2016-06-20 ten_days", "6月中旬": "2016-06-11 2016-06-20 ten_days", "6月上旬": "2016-06-01 2016-06-10 ten_days", "2月下旬": "2016-02-21 2016-02-29 ten_days",
		"6月中旬前": "2016-06-11 2016-06-20 ten_days", "6月初": "2016-06-01 2016-06-10 ten_days",
	} {
		got, err := ParseDate(in, DateContext{Year: 2016})
		if err != nil || show(got) != want {
			t.Errorf("ParseDate(%q) = %s, %v; want %s", in, show(got), err, want)
		}
	}
	if got, err := ParseDate("41088", DateContext{Date1904: true}); err != nil || show(got) != day {
		t.Errorf("1904: %s %v", show(got), err)
	}
}

func TestParseDateRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"2016-02-30": realWanted, "2016.13": realWanted, "2015年2月29日": realWanted, "20161301": realWanted, "2016.6.31": realWanted, "6月31日": yearWanted,
		"6月29日": yearWanted, "6.29": yearWanted, "年底": yearWanted, "上半年": yearWanted, "三季度": yearWanted, "今年": dateWanted, "6月底前": yearWanted,
		"": dateWanted, "—": dateWanted, "待定": dateWanted, "建设中": dateWanted, "2016年3月-6月": dateWanted, "12345678901": dateWanted, "月底": dateWanted, "2016年6月29日30": dateWanted,
		"6/7/2016": "年在前的日期（月和日的次序不明）", "2016年五季度": dateWanted, "1": dateWanted, "0": dateWanted, "2016年13月": realWanted, "1590": realWanted, "长期": dateWanted,
	} {
		got, err := ParseDate(in, DateContext{})
		var fault ValueError
		if !errors.As(err, &fault) || fault.Expected != want {
			t.Errorf("ParseDate(%q) = %s, %v; want %s", in, show(got), err, want)
		}
	}
}

func TestFromSerial(t *testing.T) {
	for _, c := range []struct {
		serial   string
		date1904 bool
		want     string
	}{
		{"42550", false, "2016-06-29"}, {"41088", true, "2016-06-29"}, {"42550.99", false, "2016-06-29"}, {"42549.999999999", false, "2016-06-29"},
		{"1", false, "1900-01-01"}, {"59", false, "1900-02-28"}, {"61", false, "1900-03-01"}, {"0", true, "1904-01-01"}, {"60", true, "1904-03-01"},
		{"0", false, ""}, {"60", false, ""}, {"-1", false, ""}, {"2958466", false, ""}, {"1e20", false, ""}, {"2958465", true, ""},
	} {
		got, ok := FromSerial(decimal.RequireFromString(c.serial), c.date1904)
		if ok != (c.want != "") || ok && got.From.Format("2006-01-02") != c.want {
			t.Errorf("FromSerial(%s, %v) = %s %v", c.serial, c.date1904, show(got), ok)
		}
	}
}

func TestParsePeriod(t *testing.T) {
	for in, want := range map[string]string{
		"1月": "0 1-1 month", "01月": "0 1-1 month", "一月": "0 1-1 month", "十二月": "0 12-12 month", "1月份": "0 1-1 month", "元月": "0 1-1 month",
		"2016年1月": "2016 1-1 month", "2016.1": "2016 1-1 month", "2016-01": "2016 1-1 month", "201601": "2016 1-1 month", "2016/1": "2016 1-1 month", "16年1月": "2016 1-1 month",
		"二〇一六年一月": "2016 1-1 month", "2016-01-01 00:00:00": "2016 1-1 month", "2016-01-31": "2016 1-1 month", "20160101": "2016 1-1 month", "2015.2": "2015 2-2 month", "2015-03": "2015 3-3 month",
		"2016.10月": "2016 10-10 month", "1-5月": "0 1-5 range cumulative", "1—5月": "0 1-5 range cumulative", "1～5月": "0 1-5 range cumulative", "1至5月": "0 1-5 range cumulative",
		"1－5月": "0 1-5 range cumulative", "1月-5月": "0 1-5 range cumulative", "一至五月": "0 1-5 range cumulative", "2016年1-2月": "2016 1-2 range cumulative", "2016.1-5": "2016 1-5 range cumulative",
		"2016年1月-5月": "2016 1-5 range cumulative", "2016年1月至2016年5月": "2016 1-5 range cumulative", "201601-201605": "2016 1-5 range cumulative", "1-5月累计": "0 1-5 range cumulative",
		"1-12月": "0 1-12 range cumulative", "前5个月": "0 1-5 range cumulative", "前三季度": "0 1-9 range cumulative", "1-3季度": "0 1-9 range cumulative", "4-6月": "0 4-6 range", "1-1月": "0 1-1 month",
		"1-5月完成": "0 1-5 range cumulative", "一季度": "0 1-3 quarter", "第一季度": "0 1-3 quarter", "Q1": "0 1-3 quarter", "2016年二季度": "2016 4-6 quarter", "2016年Q4": "2016 10-12 quarter",
		"上半年": "0 1-6 half", "2016年下半年": "2016 7-12 half", "全年": "0 1-12 year", "2015年": "2015 1-12 year", "2015年度": "2015 1-12 year", "2015": "2015 1-12 year", "2015年全年": "2015 1-12 year",
		"十一五末": "2010 1-12 year", "“十二五”末": "2015 1-12 year",
	} {
		got, err := ParsePeriod(in, DateContext{})
		text := fmt.Sprintf("%d %d-%d %s", got.Year, got.FromMonth, got.ToMonth, got.Kind)
		if got.Cumulative {
			text += " cumulative"
		}
		if err != nil || text != want {
			t.Errorf("ParsePeriod(%q) = %s, %v; want %s", in, text, err, want)
		}
	}
	if got, err := ParsePeriod("3月", DateContext{Year: 2016}); err != nil || got.Year != 2016 {
		t.Errorf("3月 of 2016 = %+v, %v", got, err)
	}
	for _, in := range []string{"2016年目标", "2015年全区排名", "全年合计", "小计", "合计", "1", "01", "1-5", "13月", "5-1月", "", "项目", "0月", "2015年12月-2016年1月", "2016-01-15", "序号", "年度", "本月完成"} {
		if got, err := ParsePeriod(in, DateContext{}); err == nil {
			t.Errorf("ParsePeriod(%q) = %+v", in, got)
		}
	}
}

func TestParseRange(t *testing.T) {
	for in, want := range map[string]string{
		"2015.3.1-2018.2.28": "2015-03-01 2018-02-28", "2013.12.15－2018.12.14": "2013-12-15 2018-12-14", "2012.12.1～2015.11.30": "2012-12-01 2015-11-30", "2015.4.1—2020.3.31": "2015-04-01 2020-03-31",
		"2013年1月1日至2015年12月31日": "2013-01-01 2015-12-31", "2014.6-2017.5": "2014-06-01 2017-05-31", "2014.3-2019.3": "2014-03-01 2019-03-31", "2015/3/1—2018/2/28": "2015-03-01 2018-02-28",
		"2013/7/15-2016/7/14": "2013-07-15 2016-07-14", "2015-03-01至2018-02-28": "2015-03-01 2018-02-28", "2015-03-01 - 2018-02-28": "2015-03-01 2018-02-28", "2015-03-01-2018-02-28": "2015-03-01 2018-02-28",
		"2015-03-01—2018-02-28": "2015-03-01 2018-02-28", "2015-03-2018-02": "2015-03-01 2018-02-28", "2015-2018": "2015-01-01 2018-12-31", "20150301-20180228": "2015-03-01 2018-02-28",
		"2015.3.1起3年": "2015-03-01 2018-02-28", "2015年3月1日起三年": "2015-03-01 2018-02-28", "2015.3.1起36个月": "2015-03-01 2018-02-28", "2015.3.1起半年": "2015-03-01 2015-08-31",
		"自2015年3月1日起至2018年2月28日止": "2015-03-01 2018-02-28", "2015年3月1日到2018年2月28日": "2015-03-01 2018-02-28", "2015年3月-2018年2月": "2015-03-01 2018-02-28", "2015年3月1日至8月31日": "2015-03-01 2015-08-31",
		"2015年9月1日至次年2月29日": "2015-09-01 2016-02-29", "2015.3.1 至 2018.2.28": "2015-03-01 2018-02-28", "2015.3.1--2018.2.28": "2015-03-01 2018-02-28", "2015.03.01-2018.02.28（3年）": "2015-03-01 2018-02-28",
		"租期：2015.3.1-2018.2.28": "2015-03-01 2018-02-28", "２０１５．３．１－２０１８．２．２８": "2015-03-01 2018-02-28", "2015-03-01 00:00:00至2018-02-28 00:00:00": "2015-03-01 2018-02-28",
		"长期": "open", "无固定期限": "open", "长期有效": "open", "2015.3.1起": "2015-03-01 open", "2015.3.1至今": "2015-03-01 open", "2015.3.1-长期": "2015-03-01 open", "2015.3.1起长期": "2015-03-01 open", "2015.3.1－长期": "2015-03-01 open",
		"至2018.2.28": "2018-02-28",
	} {
		from, to, open, err := ParseRange(in, DateContext{})
		text := ""
		for _, day := range []time.Time{from.From, to.To} {
			if !day.IsZero() {
				text += " " + day.Format("2006-01-02")
			}
		}
		if open {
			text += " open"
		}
		if err != nil || text != " "+want {
			t.Errorf("ParseRange(%q) =%s, %v; want %s", in, text, err, want)
		}
	}
	for _, in := range []string{"", "2015.3.1", "2015-03-01", "2018.2.28-2015.3.1", "3年", "空置", "2015.3.1-2018.2.30", "—", "是", "至"} {
		if from, to, open, err := ParseRange(in, DateContext{Year: 2016}); err == nil {
			t.Errorf("ParseRange(%q) = %s %s %v", in, show(from), show(to), open)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2016年6月29日", "2016.6.29", "16年6月", "6月底前", "年底", "2016三季度", "二〇一六年六月", "42550", "2016-06-29T00:00:00Z", "2015.3.1-2018.2.28", "2015.3.1起3年", "1-5月", "2016.1-5", "前三季度", "2015-03-01 - 2018-02-28", "9999年", "201613"} {
		f.Add(s, 2016)
	}
	f.Fuzz(func(t *testing.T, s string, year int) {
		ctx := DateContext{Year: year}
		if d, err := ParseDate(s, ctx); err == nil && (d.To.Before(d.From) || d.Precision == "" || d.From.Year() < firstYear || d.To.Year() > lastYear) {
			t.Fatalf("ParseDate(%q) = %s", s, show(d))
		}
		if p, err := ParsePeriod(s, ctx); err == nil && (p.FromMonth < 1 || p.ToMonth > 12 || p.FromMonth > p.ToMonth || p.Kind == "") {
			t.Fatalf("ParsePeriod(%q) = %+v", s, p)
		}
		if from, to, open, err := ParseRange(s, ctx); err == nil && !open && to.IsZero() || err == nil && !open && !from.IsZero() && to.To.Before(from.From) {
			t.Fatalf("ParseRange(%q) = %s to %s", s, show(from), show(to))
		}
	})
}

func FuzzDateRoundTrip(f *testing.F) {
	f.Add(42550)
	f.Add(1)
	f.Fuzz(func(t *testing.T, n int) {
		day := time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(uint(n)%80_000))
		y, m, d := day.Date()
		texts := []string{day.Format("2006-01-02"), day.Format("2006/1/2"), day.Format("2006.1.2"), day.Format("2006年1月2日"), day.Format("20060102"), day.Format("2006-01-02T15:04:05Z"), day.Format("1月2日")}
		for _, text := range texts {
			got, err := ParseDate(text, DateContext{Year: y})
			if err != nil || !got.From.Equal(day) || !got.To.Equal(day) || got.Precision != "day" {
				t.Fatalf("ParseDate(%q) = %s, %v", text, show(got), err)
			}
		}
		serial := decimal.NewFromInt(int64(day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24))
		if got, ok := FromSerial(serial, false); !ok || !got.From.Equal(day) {
			t.Fatalf("FromSerial(%s) = %s, want %d-%d-%d", serial, show(got), y, m, d)
		}
	})
}

func BenchmarkParseDate(b *testing.B) {
	for _, s := range []string{"2016-06-29", "2016年6月29日", "6月底前"} {
		b.Run(s, func(b *testing.B) {
			for range b.N {
				_, _ = ParseDate(s, DateContext{Year: 2016})
			}
		})
	}
}

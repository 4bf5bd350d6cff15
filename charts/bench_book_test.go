package charts

import (
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// BenchmarkWorkbook writes a workbook of 12 cards with their native charts, and the same cells without the charts, in turn.
func BenchmarkWorkbook(b *testing.B) {
	const runs, cards = 31, 12
	for _, rows := range []int{12, 500} {
		b.Run(fmt.Sprintf("%dx%d", cards, rows), func(b *testing.B) {
			for range b.N {
				var with, without []time.Duration
				for range runs {
					with = append(with, timeBook(b, cards, rows, true))
					without = append(without, timeBook(b, cards, rows, false))
				}
				slices.Sort(with)
				slices.Sort(without)
				b.ReportMetric(float64(with[runs/2].Microseconds())/1000, "charts_ms")
				b.ReportMetric(float64(without[runs/2].Microseconds())/1000, "cells_ms")
				b.ReportMetric(float64(with[runs/2])/float64(without[runs/2]), "x_cells")
			}
		})
	}
}

func timeBook(b *testing.B, cards, rows int, drawn bool) time.Duration {
	b.Helper()
	book := &Book{Words: Words{text.Zh}, Title: "驾驶舱", Foot: "数据截至 2016-06-27"}
	for n := range cards {
		s := &BookSheet{Title: fmt.Sprintf("第 %d 块", n+1), Columns: []BookColumn{{Label: "月份"}}}
		o := newOption()
		right := scale("万元")
		var names []string
		values := make([][]any, 6)
		for r := range rows {
			names = append(names, fmt.Sprintf("%d-%02d", 1980+r/12, r%12+1))
			line := BookRow{Cells: []BookCell{{Text: names[r]}}}
			for k := range values {
				v := ledger.Int(int64(1000*(k+1) + 37*r + n))
				values[k], line.Cells = append(values[k], v), append(line.Cells, BookCell{Number: v})
			}
			s.Rows = append(s.Rows, line)
		}
		o.XAxis, o.YAxis = append(o.XAxis, categories(names)), append(o.YAxis, scale("万元"), right)
		for k := range values {
			one := bars(fmt.Sprint(k), blue, values[k])
			if k > 1 {
				one = line(fmt.Sprint(k), orange, values[k])
				one.YAxisIndex = 1
			}
			o.Series = append(o.Series, one)
			s.Columns = append(s.Columns, BookColumn{Label: fmt.Sprint("列 ", k), Unit: "万元", Places: 2})
		}
		if drawn {
			s.Chart = o
		}
		book.Sheets = append(book.Sheets, s)
	}
	start := time.Now()
	if err := WriteBook(io.Discard, book); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

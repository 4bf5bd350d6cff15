package charts

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"taizhang/analytics"
	"taizhang/ledger"
)

// benchRuns is how often a chart is drawn; medians are compared, since the machine is shared.
const benchRuns = 25

func benchCharts() map[string]*Option {
	var shares []analytics.TaxShare
	for n := range 12 {
		shares = append(shares, analytics.TaxShare{Name: "示例行业", TaxYuan: ledger.Int(int64(1+n) * 1_000_000), LastYearYuan: ledger.Int(int64(2+n) * 900_000)})
	}
	d := analytics.VisitDiary{From: on("2015-06-20"), To: on("2016-06-24")}
	for n := range 120 {
		d.Days = append(d.Days, analytics.VisitDay{Date: d.To.Plus(-n), Visits: n % 3, Minutes: int64(n%3) * 45, Working: true})
	}
	return map[string]*Option{"months": TaxMonths(zh, taxAnswer()), "sums": TaxSums(zh, taxAnswer()), "shares": TaxShares(zh, shares, 12), "visits": Visits(zh, d, 60)}
}

// constant draws an option that stands in the interpreter already, read and framed: what ECharts itself takes.
const constant = `(function (json) {
  var p = JSON.parse(json), themes = JSON.parse(themesJSON), option = picture.framed(p.option, p.what, themes[p.setup.theme], p.setup.width);
  return function () { return picture.svg(option, p.what, p.setup); };
})`

// BenchmarkPictures times a warm SVG against the same interpreter drawing a constant option, in turn in the same run.
func BenchmarkPictures(b *testing.B) {
	r := testRenderer(1)
	list := benchCharts()
	for _, name := range []string{"months", "sums", "shares", "visits"} {
		b.Run(name, func(b *testing.B) {
			p := picture(b, list[name])
			if _, err := r.SVG(b.Context(), p); err != nil {
				b.Fatal(err)
			}
			again := standing(b, r.idle[0], p)
			for range b.N {
				var pictures, constants []time.Duration
				for range benchRuns {
					constants = append(constants, timeOf(b, again))
					pictures = append(pictures, timeOf(b, func() error { _, err := r.SVG(b.Context(), p); return err }))
				}
				slices.Sort(pictures)
				slices.Sort(constants)
				svg, still := pictures[benchRuns/2], constants[benchRuns/2]
				b.ReportMetric(float64(svg.Microseconds())/1000, "svg_ms")
				b.ReportMetric(float64(still.Microseconds())/1000, "constant_ms")
				b.ReportMetric(float64(svg)/float64(still), "x_constant")
			}
		})
	}
}

// standing puts a picture into an interpreter and gives what draws it from there.
func standing(b *testing.B, in *interpreter, p Picture) func() error {
	b.Helper()
	asked, err := p.asked()
	if err != nil {
		b.Fatal(err)
	}
	if err := in.vm.Set("constantJSON", string(asked)); err != nil {
		b.Fatal(err)
	}
	if _, err := in.vm.RunString("var drawConstant = " + constant + "(constantJSON)"); err != nil {
		b.Fatal(err)
	}
	return func() error { _, err := in.vm.RunString("drawConstant()"); return err }
}

func timeOf(b *testing.B, draw func() error) time.Duration {
	b.Helper()
	start := time.Now()
	if err := draw(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

// BenchmarkInterpreters says what the compiled script and each interpreter hold once they have drawn, and what a cold start takes.
func BenchmarkInterpreters(b *testing.B) {
	list := benchCharts()
	for range b.N {
		const size = 4
		r := testRenderer(size)
		empty := held()
		start := time.Now()
		if _, err := r.compile(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(start).Milliseconds()), "compile_ms")
		compiled := held()
		for range size {
			programs, err := r.compile()
			if err != nil {
				b.Fatal(err)
			}
			start = time.Now()
			in, err := newInterpreter(programs, drawingNames())
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(time.Since(start).Milliseconds()), "start_ms")
			for range 25 {
				for _, o := range list {
					asked, err := picture(b, o).asked()
					if err != nil {
						b.Fatal(err)
					}
					if _, err := in.draw(b.Context(), renderLimit, asked); err != nil {
						b.Fatal(err)
					}
				}
			}
			r.idle = append(r.idle, in)
		}
		b.ReportMetric(compiled-empty, "script_MiB")
		b.ReportMetric((held()-compiled)/size, "each_MiB")
		runtime.KeepAlive(r)
	}
}

// held is what the program holds after collecting, in MiB.
func held() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

package ingest

import "github.com/shopspring/decimal"

// A line of sums rarely says what it adds up: the details since the last sum,
// all of them, those of its group, those below it. settle finds the reading
// that fits most of its figures and names the figures that do not fit it.

// scope is a stretch of details a line of sums may add up.
type scope struct {
	sums  []decimal.Decimal
	lines int
}

// settle holds every line of sums against the details.
func (r *reconciler) settle() {
	for at := range r.totals {
		t := &r.totals[at]
		var best *scope
		most := -1
		for _, s := range r.scopes(at) {
			if s.lines == 0 {
				continue
			}
			if fits := r.fits(t, &s); fits > most {
				best, most = &s, fits
			}
		}
		if best == nil {
			continue
		}
		for i, s := range r.columns {
			if said, ok := r.said(t, s); ok && !s.agrees(said, best.sums[i], best.lines) {
				r.mismatch(s, t.line, said, best.sums[i])
			}
		}
	}
}

func (r *reconciler) said(t *totalLine, s *summed) (decimal.Decimal, bool) {
	if s.unsure {
		return decimal.Zero, false
	}
	return r.figure(s, t.line)
}

func (s *summed) agrees(said, sum decimal.Decimal, lines int) bool {
	return said.Sub(sum).Abs().LessThanOrEqual(s.tolerance(lines))
}

// fits counts the figures of a line that a scope explains; a zero explains nothing.
func (r *reconciler) fits(t *totalLine, sc *scope) int {
	n := 0
	for i, s := range r.columns {
		if said, ok := r.said(t, s); ok && !said.IsZero() && s.agrees(said, sc.sums[i], sc.lines) {
			n++
		}
	}
	return n
}

// scopes lists what a line of sums may add up, the most usual first.
func (r *reconciler) scopes(at int) []scope {
	t := &r.totals[at]
	start, end := totalLine{above: make([]decimal.Decimal, len(r.columns))}, r.end()
	last, lastWhole, next, nextWhole := &start, &start, &end, &end
	for i := range r.totals[:at] {
		last = &r.totals[i]
		if !r.totals[i].sub {
			lastWhole = &r.totals[i]
		}
	}
	for i := len(r.totals) - 1; i > at; i-- {
		next = &r.totals[i]
		if !r.totals[i].sub {
			nextWhole = &r.totals[i]
		}
	}
	group, all := between(last, t), between(&start, t)
	list := []scope{all, group}
	if t.sub {
		list = []scope{group, all}
	}
	return append(list, between(lastWhole, t), between(t, next), between(t, &end), between(t, nextWhole), between(&start, &end))
}

func (r *reconciler) end() totalLine {
	e := totalLine{lines: r.lines}
	for _, s := range r.columns {
		e.above = append(e.above, s.all)
	}
	return e
}

func between(from, to *totalLine) scope {
	s := scope{lines: to.lines - from.lines, sums: make([]decimal.Decimal, len(from.above))}
	for i := range s.sums {
		s.sums[i] = to.above[i].Sub(from.above[i])
	}
	return s
}

package analytics

// VisitDiary is how a leader kept the hour a day (每天一小时走访) over a span of days.
type VisitDiary struct {
	From        Date          `json:"from"` // the first visit on record of anybody, at most a year back
	To          Date          `json:"to"`
	WorkingDays int64         `json:"working_days"`
	VisitedDays int64         `json:"visited_days"`      // working days with a visit
	HourDays    int64         `json:"working_hour_days"` // working days with the whole time
	MissedDays  int64         `json:"missed_days"`       // working days without a visit
	LongestGap  VisitGap      `json:"longest_gap"`       //
	Days        []VisitDay    `json:"days"`              // with a visit, and every working day without
	Weeks       []VisitSpan   `json:"weeks"`             // Monday to Sunday
	Months      []VisitSpan   `json:"months"`            //
	Own         VisitCoverage `json:"coverage_of_own_projects"`
}

// VisitDay is one day of a leader.
type VisitDay struct {
	Date    Date  `json:"date"`
	Visits  int   `json:"visits"`
	Minutes int64 `json:"minutes"`
	Hour    bool  `json:"hour_reached"`
	Working bool  `json:"working_day"`
}

// VisitGap is a run of working days without a visit; Days is 0 when there is none.
type VisitGap struct {
	From Date  `json:"from"`
	To   Date  `json:"to"`
	Days int64 `json:"working_days"`
}

// VisitSpan sums a week or a month, from the first of its days inside the diary.
type VisitSpan struct {
	From        Date  `json:"from"`
	To          Date  `json:"to"`
	Visits      int   `json:"visits"`
	Minutes     int64 `json:"minutes"`
	WorkingDays int64 `json:"working_days"`
	HourDays    int64 `json:"working_hour_days"`
	MissedDays  int64 `json:"missed_days"`
}

// VisitCoverage says which of the leader's own projects were visited; names are those of the ledger.
type VisitCoverage struct {
	Visited []string `json:"visited"`
	Never   []string `json:"never_visited"`
}

// diaryDays is how far back a diary goes.
const diaryDays = 366

// diarySpan is from the first visit on record to a day, at most a year back; unknown when nobody has visited by then.
func diarySpan(visits []SiteVisit, asof Date) (from, to Date) {
	for _, v := range visits {
		if !v.Date.After(asof) && (!from.Known() || from.After(v.Date)) {
			from = v.Date
		}
	}
	if first := asof.Plus(1 - diaryDays); from.Known() && first.After(from) {
		from = first
	}
	if !from.Known() {
		return Date{}, Date{}
	}
	return from, asof
}

// diary makes the diary of one leader's visits from day to day; hour is the minutes asked for, working says which days count.
func diary(visits []SiteVisit, from, to Date, hour int64, working *Calendar) VisitDiary {
	d := VisitDiary{From: from, To: to, Days: []VisitDay{}, Weeks: []VisitSpan{}, Months: []VisitSpan{}}
	if !from.Known() {
		return d
	}
	byDay := map[Date]VisitDay{}
	for _, v := range visits {
		day := byDay[v.Date]
		day.Visits++
		if v.Minutes != nil {
			day.Minutes += *v.Minutes
		}
		byDay[v.Date] = day
	}
	var gap VisitGap
	for at := from; !at.After(to); at = at.Plus(1) {
		day := byDay[at]
		day.Date, day.Working, day.Hour = at, working.Works(at), day.Minutes >= hour
		if day.Working || day.Visits > 0 {
			d.Days = append(d.Days, day)
		}
		d.Weeks = addDay(d.Weeks, at.Plus(-weekday(at)), at, day)
		d.Months = addDay(d.Months, at.Plus(1-at.Time().Day()), at, day)
		d.count(day, &gap)
	}
	return d
}

// count adds a day to the totals; gap is the run of missed days that goes on.
func (d *VisitDiary) count(day VisitDay, gap *VisitGap) {
	switch {
	case day.Visits > 0:
		*gap = VisitGap{}
	case day.Working:
		if gap.Days == 0 {
			gap.From = day.Date
		}
		gap.To = day.Date
		gap.Days++
		d.MissedDays++
	}
	if gap.Days > d.LongestGap.Days {
		d.LongestGap = *gap
	}
	if !day.Working {
		return
	}
	d.WorkingDays++
	if day.Visits > 0 {
		d.VisitedDays++
	}
	if day.Hour {
		d.HourDays++
	}
}

// addDay adds a day to the span that begins on a day, the last of the list or a new one.
func addDay(list []VisitSpan, begins, at Date, day VisitDay) []VisitSpan {
	if n := len(list); n == 0 || begins.After(list[n-1].To) {
		list = append(list, VisitSpan{From: at})
	}
	s := &list[len(list)-1]
	s.To = at
	s.Visits += day.Visits
	s.Minutes += day.Minutes
	if day.Working {
		s.WorkingDays++
		if day.Visits == 0 {
			s.MissedDays++
		}
		if day.Hour {
			s.HourDays++
		}
	}
	return list
}

// weekday counts from Monday, 0.
func weekday(d Date) int { return (int(d.Time().Weekday()) + 6) % 7 }

// coverage says which of a leader's projects the leader has visited; visited holds folded names of projects.
func coverage(items []ProjectItem, keys []string, visited map[string]bool) VisitCoverage {
	c := VisitCoverage{Visited: []string{}, Never: []string{}}
	for i, item := range items {
		if visited[keys[i]] {
			c.Visited = append(c.Visited, item.Project)
		} else {
			c.Never = append(c.Never, item.Project)
		}
	}
	return c
}

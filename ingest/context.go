package ingest

import (
	"regexp"
	"strconv"
	"strings"

	"taizhang/internal/wording"
	"taizhang/ledger"
)

// sheetContext is what a sheet says around its table: title, banners, year, day.
type sheetContext struct {
	grid    *grid
	file    string
	texts   []placed // texts above the table, in order
	title   string   // the longest text that is no banner, without a unit in brackets
	titleAt string   // its cell
	year    int
	day     Date              // the day the sheet says it speaks of
	dayCell string            // where it says so
	period  Period            // a month or year named by the title, or else by the sheet's or the file's name
	saying  placed            // the text that names it; its cell is empty when a name does
	units   []Unit            // from 单位：万元
	first   uint32            // the first line under the header that is being tried
	given   map[string]string // field -> what a person says it is on every row
}

// placed is a text with the cell it stands in.
type placed struct {
	text string
	cell string
}

var (
	yearIn    = regexp.MustCompile(`(?:^|[^\d.])((?:19|20)\d{2})(?:年|[^\d]|$)`)
	dayLabels = []struct {
		pattern *regexp.Regexp
		rank    int
	}{
		{regexp.MustCompile(`(?:数据|统计)?截[至止](?:日期|时间|到)?[:：]?\s*(.+)`), 4},
		{regexp.MustCompile(`(?:统计|数据)(?:日期|时间|时点)[:：]\s*(.+)`), 3},
		{regexp.MustCompile(`(?:填报|填表|编制|制表|报送|上报|更新|报告)(?:日期|时间)[:：]\s*(.+)`), 2},
		{regexp.MustCompile(`^(?:日期|时间)[:：]\s*(.+)`), 2},
	}
	bareDay = regexp.MustCompile(`^[\d０-９二〇零一三四五六七八九十]{2,4}[年./-].{1,9}$`)
)

// contextAbove gathers what stands above row top (and, for the day only, what
// stands below the table).
func contextAbove(g *grid, file string, from, top uint32) sheetContext {
	ctx := sheetContext{grid: g, file: file}
	rank := 0
	for r := range g.from(from) {
		if r.no >= top {
			break
		}
		label := ""
		for _, c := range r.cells {
			t := placed{label + wording.Clean(g.display(&c)), address(r.no, c.col)}
			// 单位： in one cell, 万元 in the next.
			if label = ""; strings.HasSuffix(t.text, ":") || strings.HasSuffix(t.text, "：") {
				label = t.text
			}
			ctx.texts = append(ctx.texts, t)
			rank = ctx.readDay(t, rank)
			for _, u := range ParseBannerUnits(t.text) {
				if unit, ok := LookupUnit(u); ok {
					ctx.units = append(ctx.units, unit)
				}
			}
		}
	}
	ctx.pickTitle()
	ctx.pickYear()
	ctx.rereadDay()
	ctx.period = ctx.titlePeriod()
	return ctx
}

// readDay takes a date banner when it says more than the one before.
func (c *sheetContext) readDay(t placed, rank int) int {
	for _, label := range dayLabels {
		m := label.pattern.FindStringSubmatch(t.text)
		if m == nil || label.rank <= rank {
			continue
		}
		if d, err := ParseDate(firstDate(m[1]), DateContext{Year: c.year}); err == nil {
			c.day, c.dayCell = d, t.cell
			return label.rank
		}
	}
	if rank == 0 && bareDay.MatchString(t.text) {
		if d, err := ParseDate(t.text, DateContext{}); err == nil {
			c.day, c.dayCell = d, t.cell
			return 1
		}
	}
	return rank
}

// rereadDay reads a banner without a year (截至6月24日) once the title's year is known.
func (c *sheetContext) rereadDay() {
	if !c.day.IsZero() || c.year == 0 {
		return
	}
	rank := 0
	for _, t := range c.texts {
		rank = c.readDay(t, rank)
	}
}

// readFoot takes a day from below the table when nothing above said one.
func (c *sheetContext) readFoot(t placed) {
	if c.day.IsZero() {
		c.readDay(t, 0)
	}
}

// firstDate keeps the part of a banner up to the next label.
func firstDate(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, " 　;；，,)）"); i > 0 {
		s = s[:i]
	}
	return s
}

// pickTitle is the longest text above the table that is no banner.
func (c *sheetContext) pickTitle() {
	for _, t := range c.texts {
		bare := unitBracket.ReplaceAllString(t.text, "")
		if strings.ContainsAny(bare, ":：") || len(ParseBannerUnits(bare)) > 0 || t.cell == c.dayCell && dayAlone.MatchString(bare) {
			continue
		}
		if len([]rune(bare)) > len([]rune(c.title)) {
			c.title, c.titleAt = bare, t.cell
		}
	}
}

// dayAlone is a text that says nothing but its day.
var dayAlone = regexp.MustCompile(bareDay.String() + `|^(?:数据|统计)?截[至止]`)

// unitBracket is a unit said in brackets behind a title: （单位：万元）, (万㎡).
var unitBracket = regexp.MustCompile(`[(（]\s*(?:计量)?(?:单位)?\s*[:：]?\s*(?:人民币)?[百千万亿]*(?:元|㎡|m2|m²|平方米|亩|套|户|人)(?:[、,，/].{1,12})?\s*[)）]`)

func (c *sheetContext) pickYear() {
	for _, s := range []string{c.title, c.grid.name} {
		if c.year = yearOf(s); c.year != 0 {
			return
		}
	}
	if !c.day.IsZero() {
		c.year = c.day.To.Year()
		return
	}
	c.year = yearOf(c.file)
}

var chineseYear = regexp.MustCompile(`[一二][〇零○一二三四五六七八九]{3}年`)

// yearOf finds a four-digit year in a text, 0 when there is none.
func yearOf(s string) int {
	s = chineseYear.ReplaceAllStringFunc(wording.Narrow(s), func(year string) string {
		return strings.Map(func(r rune) rune {
			if at := strings.IndexRune("〇一二三四五六七八九", r); at >= 0 {
				return rune('0' + at/len("一"))
			}
			if r == '零' || r == '○' {
				return '0'
			}
			return r
		}, year)
	})
	m := yearIn.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	y, _ := strconv.Atoi(m[1])
	return y
}

var periodIn = regexp.MustCompile(`(?:(?:19|20)\d{2}年)?\d{1,2}(?:月?[-—~～至到]\d{1,2})?月(?:份)?|(?:19|20)\d{2}年?(?:[一二三四]季度|上半年|下半年)|(?:19|20)\d{2}年度?`)

// titlePeriod is the month or span named in the title, the sheet's or the file's name.
func (c *sheetContext) titlePeriod() Period {
	for _, s := range []placed{{c.title, c.titleAt}, {c.grid.name, ""}, {c.file, ""}} {
		found := periodIn.FindString(wording.Narrow(s.text))
		if found == "" {
			continue
		}
		if p, err := ParsePeriod(found, DateContext{Year: c.year}); err == nil && p.Year != 0 {
			c.saying = s
			return p
		}
	}
	return Period{}
}

// dates is how cells of the sheet are to be read as dates.
func (c *sheetContext) dates() DateContext {
	return DateContext{Year: c.year, Date1904: c.grid.date1904}
}

// figuresBelow reports that most of the first cells of a column are figures.
func (c *sheetContext) figuresBelow(col int) bool {
	figures, others := 0, 0
	for no := c.first; no < c.first+12; no++ {
		r := c.grid.row(no)
		if r == nil || r.at(col) == nil {
			continue
		}
		cell := r.at(col)
		shown := c.grid.display(cell)
		if _, err := ParseNumber(shown); err == nil || cell.kind == cellNumber || cell.kind == cellPercent {
			figures++
		} else if !wording.IsNull(shown) {
			others++
		}
	}
	return figures > others
}

// titled reports that the title, the sheet's name or the file's name carries a word of the dataset.
func (c *sheetContext) titled(d *ledger.Dataset) bool {
	for _, word := range d.Titles {
		if strings.Contains(c.title, word) || strings.Contains(c.grid.name, word) || strings.Contains(c.file, word) {
			return true
		}
	}
	return false
}

var (
	subjectTail = regexp.MustCompile(`(?:入驻|企业|租户|入驻单位|在驻|商户|空置|闲置|待租|招租|可租|房源|倒排|工期|节点|进度计划|施工计划|里程碑).*$`)
	subjectHead = regexp.MustCompile(`^(?:(?:19|20)\d{2}年度?(?:\d{1,2}月份?)?|关于)`)
	office      = regexp.MustCompile(`(?:街道|街道办事处|办事处|区|市|镇|乡|委员会|管委会)$`)
	general     = regexp.MustCompile(`^(?:(?:辖区|全区|重点|在建|街道|本街道)*(?:商务)?(?:楼宇|写字楼|项目|工程|楼宇项目)?)$`)
	placeholder = regexp.MustCompile(`^(?i:sheet|工作表|表|table)\s*\d*$`)
	sheetTail   = regexp.MustCompile(`[（(].*?[)）]$`)
)

// subject is the project or building the whole sheet is about, from its title or else its name; empty when neither says.
func (c *sheetContext) subject(d *ledger.Dataset) string {
	if d.TitleField == "" {
		return ""
	}
	if s := stripSubject(c.title); s != "" && s != c.title && !office.MatchString(s) && !general.MatchString(s) {
		return s
	}
	if placeholder.MatchString(c.grid.name) {
		return ""
	}
	return stripSubject(sheetTail.ReplaceAllString(c.grid.name, ""))
}

// subjectCell is where the subject was read: a cell, or empty when the sheet's name gave it.
func (c *sheetContext) subjectCell(d *ledger.Dataset) string {
	if s := c.subject(d); s != "" && strings.Contains(c.title, s) {
		return c.titleAt
	}
	return ""
}

func stripSubject(s string) string {
	s = subjectTail.ReplaceAllString(strings.TrimSpace(s), "")
	s = subjectHead.ReplaceAllString(s, "")
	return strings.Trim(wording.Clean(s), " ·-—《》")
}

// banner finds a labelled value above the table: 交付期限：2016年12月31日.
func (c *sheetContext) banner(labels []string) (value, cell string) {
	for _, t := range c.texts {
		for _, label := range labels {
			at := strings.Index(t.text, label)
			if at < 0 {
				continue
			}
			rest := strings.TrimLeft(t.text[at+len(label):], " :：为是")
			if rest != "" && rest != t.text[at+len(label):] {
				return firstDate(rest), t.cell
			}
		}
	}
	return "", ""
}

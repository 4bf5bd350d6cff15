package charts

import (
	"math"
	"strings"

	"github.com/xuri/excelize/v2"
)

// cellLook names a style of cells; each is made once a workbook.
type cellLook struct {
	role   string // number, day, text, head, title, hint, link, foot, fact or plain
	format string
	tone   string
	sum    bool
	wrap   bool
}

// tones are the colours of figures that are good or bad, as on the screen.
var tones = map[string]string{"good": "23744A", "bad": "B8322A", "warn": "9A6400", "mute": "616B79"}

// bookFont is one that Excel and WPS have where Chinese is read; others fall back by themselves.
const bookFont = "Microsoft YaHei"

const isoDay = "yyyy-mm-dd"

// isoMonth is how months are written.
const isoMonth = "yyyy-mm"

// style gives the number of a style, made at its first use.
func (b *bookWriter) style(l cellLook) (int, error) {
	if id, known := b.styles[l]; known {
		return id, nil
	}
	s := &excelize.Style{Font: &excelize.Font{Family: bookFont, Size: 10, Color: "17202B"}, Alignment: &excelize.Alignment{Vertical: "center", WrapText: l.wrap}}
	switch l.role {
	case "head", "number", "text", "link":
		s.Alignment.Indent = 1
		s.Alignment.Horizontal = "left"
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	hair := func(side, color string) {
		s.Border = append(s.Border, excelize.Border{Type: side, Color: color, Style: 1})
	}
	switch l.role {
	case "head":
		s.Font.Bold, s.Alignment.WrapText = true, true
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8F0FB"}}
		hair("bottom", "1D5BB8")
		if l.format == numberHead {
			s.CustomNumFmt, s.Alignment.Horizontal = nil, "right"
		}
	case "title":
		s.Font.Bold, s.Font.Size = true, 15
	case "hint", "foot":
		s.Font.Color, s.Font.Size = tones["mute"], 9
	case "link":
		s.Font.Color, s.Font.Underline = strings.TrimPrefix(strings.ToUpper(blue), "#"), "single"
	case "fact":
		s.Font.Color = tones["mute"]
	case "plain":
	default:
		hair("bottom", "E4E8ED")
		if l.role == "day" || l.role == "number" {
			s.Alignment.Horizontal = map[string]string{"day": "center", "number": "right"}[l.role]
		}
	}
	if color, toned := tones[l.tone]; toned {
		s.Font.Color = color
	}
	if l.sum {
		s.Font.Bold = true
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F4F6F9"}}
	}
	id, err := b.file.NewStyle(s)
	b.styles[l] = id
	return id, err
}

// numberHead marks the header over numbers, which stands at the right as they do.
const numberHead = "number"

// numberFormat shows a column's numbers with their decimals; growth with its sign.
func numberFormat(c BookColumn) string {
	f := "#,##0"
	if c.Places > 0 {
		f += "." + strings.Repeat("0", c.Places)
	}
	if c.Unit == percentUnit {
		f += "%"
	}
	if c.Signed {
		return "+" + f + ";-" + f + ";" + f
	}
	return f
}

const percentUnit = "%"

// withUnit writes a unit after the number.
func withUnit(format, unit string) string {
	if unit == "" || unit == percentUnit {
		return format
	}
	unit = ` "` + strings.ReplaceAll(unit, `"`, "") + `"`
	return strings.Join(strings.Split(format, ";"), unit+";") + unit
}

// head is a column's header with its unit; a percentage carries its own.
func (c BookColumn) head() string {
	if c.Unit == "" || c.Unit == percentUnit {
		return c.Label
	}
	return c.Label + "（" + c.Unit + "）"
}

// wide is about how many characters a text takes; Chinese ones count double.
func wide(s string) int {
	n := 0
	for _, r := range s {
		if n++; r >= 0x2e80 {
			n++
		}
	}
	return n
}

// columnPixels is the width of a column of so many characters on the screen.
func columnPixels(chars float64) int { return int(math.Round(chars*7 + 5)) }

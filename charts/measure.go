package charts

import (
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"
)

// latin are the widths of the characters from space to tilde in thousandths of
// the font's size: those of Arial, which the Latin letters of the theme's
// Chinese fonts come within a few percent of.
var latin = [95]int{
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
	556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
}

// boldness is how much wider bold letters of the Latin alphabet are; Chinese characters stay as they are.
const boldness = 1.06

// eastAsian counts what Chinese fonts draw in a whole square, dashes and quotation marks among it, as two halves.
var eastAsian = runewidth.Condition{EastAsianWidth: true}

// textWidth is how wide a text is drawn, in pixels; font is as CSS has it, such as "bold 12px sans-serif".
func textWidth(text, font string) float64 {
	size, factor := fontSize(font), 1.0
	if strings.Contains(font, "bold") {
		factor = boldness
	}
	width := 0.0
	for _, r := range text {
		switch {
		case r < ' ':
		case r <= '~':
			width += float64(latin[r-' ']) / 1000 * factor
		default:
			width += float64(eastAsian.RuneWidth(r)) / 2
		}
	}
	return width * size
}

// usualSize is the size of writing that a font without one has in ECharts.
const usualSize = 12

func fontSize(font string) float64 {
	for _, word := range strings.FieldsFunc(font, func(r rune) bool { return r == ' ' || r == '/' }) {
		if number, ok := strings.CutSuffix(word, "px"); ok {
			if size, err := strconv.ParseFloat(number, 64); err == nil {
				return size
			}
		}
	}
	return usualSize
}

package charts

import (
	"time"

	"taizhang/internal/text"
)

// Document is a text with tables for paper, as the office's letters are laid out: one form of it is written as .docx, another as a page
// that is printed.
type Document struct {
	Lang     text.Lang         `json:"lang"`
	Fonts    Fonts             `json:"fonts"`
	Title    string            `json:"title"`
	Sub      string            `json:"sub"` // under the title: whose, of which week, as of which day
	Sections []DocumentSection `json:"sections"`
	Closing  []string          `json:"closing"` // what it stands on, a line each, after the text
	Foot     string            `json:"foot"`    // beside the number of every page
	Maker    string            `json:"maker"`   // the program
	Made     time.Time         `json:"made"`    // the moment it declares, see analytics.Briefing
}

// DocumentSection is a heading of the first level with what stands under it.
type DocumentSection struct {
	Heading string         `json:"heading"`
	Parts   []DocumentPart `json:"parts"`
}

// DocumentPart is a heading of the second level, a paragraph and a table; each may be missing.
type DocumentPart struct {
	Heading string         `json:"heading,omitempty"`
	Text    string         `json:"text,omitempty"`
	Table   *DocumentTable `json:"table,omitempty"`
}

// DocumentTable is a table whose header is repeated on every page and whose rows are never torn apart.
type DocumentTable struct {
	Columns []DocumentColumn `json:"columns"`
	Rows    [][]DocumentCell `json:"rows"`
}

// DocumentColumn heads a column; Share is how much of the width it takes beside the others.
type DocumentColumn struct {
	Label string `json:"label"`
	Share int    `json:"share"`
	Align string `json:"align"` // left, center or right
}

// DocumentCell is a text with a second, smaller line.
type DocumentCell struct {
	Text  string `json:"text"`
	Small string `json:"small,omitempty"`
	Tone  string `json:"tone,omitempty"` // red, yellow, green or grey: a light
}

// Fonts are the typefaces of a document by their part; a machine that has not one of them takes another by itself.
type Fonts struct {
	Title      string `json:"title"`      // 小标宋
	Body       string `json:"body"`       // 仿宋
	Heading    string `json:"heading"`    // 黑体, of headings of the first level and of table headers
	Subheading string `json:"subheading"` // 楷体, of headings of the second level
}

// OfficeFonts are those that GB/T 9704 names, under the names they have on the offices' machines.
func OfficeFonts() Fonts {
	return Fonts{Title: "方正小标宋简体", Body: "仿宋_GB2312", Heading: "黑体", Subheading: "楷体_GB2312"}
}

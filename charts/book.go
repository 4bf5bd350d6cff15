package charts

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"taizhang/ledger"
)

// Book is a page as a workbook: a sheet of contents, then a sheet for each of its cards with the numbers of the screen as numbers.
type Book struct {
	Words   Words
	Title   string
	Maker   string     // the program
	Address string     // of the page, as it was asked for
	Facts   []BookFact // what the figures stand on: day, source, basis …
	Foot    string     // the same in one line, at the foot of every sheet and printed page
	Made    time.Time
	Sheets  []*BookSheet
	// Progress is told now and then how many rows of all sheets are written, and when all are; its error ends the writing. nil: nobody asks.
	Progress func(done, total int) error
}

// BookFact is one line of what a workbook stands on.
type BookFact struct{ Label, Text string }

// BookSheet is one card: its table, and the chart made of the same option as on the screen.
type BookSheet struct {
	Title, Hint string
	Columns     []BookColumn
	Rows        []BookRow
	Notes       []string
	Empty       string // said in the contents when the card has nothing to show
	Chart       *Option
}

// BookColumn heads a column; numbers under the unit % are written as Excel's own percentages.
type BookColumn struct {
	Label, Unit string
	Places      int  // decimals shown; the cell holds what is known beyond them
	Signed      bool // growth is read by its sign
}

// BookRow is a line of the table; Sum marks totals.
type BookRow struct {
	Cells []BookCell
	Sum   bool
}

// BookCell is a number, a day or a text; one that is none of them stays blank, which is no zero.
type BookCell struct {
	Text   string
	Number ledger.Decimal
	Day    time.Time
	Tone   string      // good, bad, warn or mute
	As     *BookColumn // in the place of its column, where every line has a unit of its own
}

// bookWriter is a workbook on its way into its file.
type bookWriter struct {
	*Book
	file   *excelize.File
	styles map[cellLook]int
	names  []string // of the sheets, as Excel takes them, in the order of Sheets; empty for a card without a table
	home   string   // the sheet of contents
	done   int      // rows written
	total  int
}

// WriteBook writes a workbook. Texts stay texts whatever they look like; a chart refers to cells of its own sheet.
func WriteBook(w io.Writer, book *Book) error {
	b := &bookWriter{Book: book, file: excelize.NewFile(), styles: map[cellLook]int{}}
	defer b.file.Close()
	b.nameSheets()
	for _, s := range book.Sheets {
		b.total += len(s.Rows)
	}
	if err := b.tell(true); err != nil {
		return err
	}
	if err := b.file.SetSheetName("Sheet1", b.home); err != nil {
		return err
	}
	for i, s := range b.Sheets {
		if b.names[i] == "" {
			continue
		}
		if _, err := b.file.NewSheet(b.names[i]); err != nil {
			return err
		}
		if err := (&sheetWriter{bookWriter: b, BookSheet: s, name: b.names[i]}).write(); err != nil {
			return fmt.Errorf("sheet %s: %w", b.names[i], err)
		}
	}
	if err := b.contents(); err != nil {
		return err
	}
	made := b.Made.UTC().Format(time.RFC3339)
	if err := b.file.SetDocProps(&excelize.DocProperties{Title: b.Title, Subject: b.Foot, Creator: b.Maker, LastModifiedBy: b.Maker, Created: made, Modified: made}); err != nil {
		return err
	}
	b.done = b.total
	if err := b.tell(true); err != nil {
		return err
	}
	packed, err := b.file.WriteToBuffer()
	if err != nil {
		return err
	}
	return inOrder(w, packed.Bytes())
}

// inOrder writes a packed workbook with its parts in the order of their names, so that the same workbook is the same bytes: excelize
// writes sheets in any order. Nothing is packed anew.
func inOrder(w io.Writer, packed []byte) error {
	from, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return err
	}
	slices.SortFunc(from.File, func(x, y *zip.File) int { return strings.Compare(x.Name, y.Name) })
	to := zip.NewWriter(w)
	for _, part := range from.File {
		head := part.FileHeader
		body, err := part.OpenRaw()
		if err != nil {
			return err
		}
		into, err := to.CreateRaw(&head)
		if err != nil {
			return err
		}
		if _, err := io.Copy(into, body); err != nil {
			return err
		}
	}
	return to.Close()
}

// tellRows is how many rows are written between two reports.
const tellRows = 2_000

// tell reports how far the writing is, after every so many rows or at once.
func (b *bookWriter) tell(now bool) error {
	if b.Progress == nil || !now && b.done%tellRows != 0 {
		return nil
	}
	return b.Progress(b.done, b.total)
}

// nameSheets gives every card with a table a name that Excel takes and nobody else has.
func (b *bookWriter) nameSheets() {
	taken := map[string]bool{}
	unique := func(name string) string {
		name = shortName(name, excelName)
		for n := 2; taken[strings.ToLower(name)]; n++ {
			mark := fmt.Sprintf("_%d", n)
			name = shortName(name, excelName-len(mark)) + mark
		}
		taken[strings.ToLower(name)] = true
		return name
	}
	b.home = unique(b.Words.T("book.contents"))
	for _, s := range b.Sheets {
		name := ""
		if len(s.Columns) > 0 {
			name = unique(s.Title)
		}
		b.names = append(b.names, name)
	}
}

// shortName is a sheet's name in at most so many UTF-16 units, which is how Excel counts.
func shortName(name string, units int) string {
	r := []rune(sheetName(name))
	for len(utf16.Encode(r)) > units {
		r = r[:len(r)-1]
	}
	return string(r)
}

// bookText is a text as a cell takes it.
func bookText(s string) string { return cutUnits(s, excelText) }

// cutUnits cuts a text to so many units of UTF-16, by which Excel counts.
func cutUnits(s string, most int) string {
	units := utf16.Encode([]rune(s))
	if len(units) <= most {
		return s
	}
	if last := units[most-1]; 0xd800 <= last && last < 0xdc00 {
		most-- // the first half of a sign
	}
	return string(utf16.Decode(units[:most]))
}

// page sets what every sheet prints as: A4 across, as wide as the paper, on so many pages (0: as many as it takes), the header on each page, what it stands on at the foot.
func (b *bookWriter) page(sheet, area, titles string, high int) error {
	landscape, a4, wide, fit := "landscape", 9, 1, true
	if err := b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	side, top, foot := 0.4, 0.5, 0.7
	if err := b.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &foot}); err != nil {
		return err
	}
	printed := strings.ReplaceAll(b.Foot, "&", "&&")
	const most = 220 // Excel takes 255 with the marks
	if cut := cutUnits(printed, most); cut != printed {
		printed = strings.TrimRight(cut, "&") + "…"
	}
	if err := b.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L&8" + " " + printed + "&R&8&P / &N"}); err != nil {
		return err
	}
	if err := b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: quoted(sheet) + area, Scope: sheet}); err != nil {
		return err
	}
	if titles == "" {
		return nil
	}
	return b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: quoted(sheet) + titles, Scope: sheet})
}

// quoted is a sheet's name at the head of a reference.
func quoted(sheet string) string { return "'" + sheet + "'!" }

// cellAt is an absolute reference such as $B$5.
func cellAt(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row, true)
	if err != nil {
		panic(err) // both are ours
	}
	return name
}

// span is a range of a sheet such as $B$5:$B$16.
func span(col, from, toCol, to int) string { return cellAt(col, from) + ":" + cellAt(toCol, to) }

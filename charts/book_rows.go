package charts

import (
	"math"

	"github.com/xuri/excelize/v2"
)

// rows writes the sheet from its first row to its last, the block at the right of the table.
func (s *sheetWriter) rows() error {
	out, err := s.file.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	end := headRow + len(s.Rows) + len(s.Notes) + 1
	if s.block != nil {
		end = max(end, headRow+len(s.block.rows))
	}
	for at := 1; at <= end; at++ {
		if n := at - headRow; n > 0 && n <= len(s.Rows) {
			s.done++
			if err := s.tell(false); err != nil {
				return err
			}
		}
		cells, err := s.row(at)
		if err != nil {
			return err
		}
		if err := out.SetRow(cellName(1, at), cells, excelize.RowOpts{Height: s.tall(at)}); err != nil {
			return err
		}
	}
	return out.Flush()
}

// tall is the height of a row in points: of its longest text, wrapped in its column.
func (s *sheetWriter) tall(at int) float64 {
	if at == 2 {
		return 24
	}
	if at == headRow {
		for i, c := range s.Columns {
			if float64(wide(c.head())+2) > s.wides[i] {
				return 2 * linePoints
			}
		}
		return linePoints + 4
	}
	lines := 1
	if n := at - headRow - 1; n >= 0 && n < len(s.Rows) {
		for i, c := range s.Rows[n].Cells {
			if c.Text != "" && i < len(s.wides) {
				lines = max(lines, int(math.Ceil(float64(wide(c.Text)+2)/s.wides[i])))
			}
		}
	}
	return float64(min(lines, 20)) * linePoints
}

// linePoints is the height of one line of text.
const linePoints = 16

// row is what stands in a row of the sheet.
func (s *sheetWriter) row(at int) ([]any, error) {
	var cells []any
	var err error
	rest := at - headRow - 1 - len(s.Rows) // under the table
	switch {
	case at == 1:
		cells, err = s.alone(s.Words.T("book.back"), "link")
	case at == 2:
		cells, err = s.alone(s.Title, "title")
	case at == 3:
		cells, err = s.alone(s.Hint, "hint")
	case at == headRow:
		cells, err = s.heads(s.Columns)
	case rest < 0:
		r := s.Rows[at-headRow-1]
		cells, err = s.line(s.Columns, r.Cells, r.Sum)
	case rest < len(s.Notes):
		cells, err = s.alone(s.Notes[rest], "hint")
	case rest == len(s.Notes):
		cells, err = s.alone(s.Foot, "foot")
	}
	if err != nil || s.block == nil || at < headRow-1 || at > headRow+len(s.block.rows) {
		return cells, err
	}
	for len(cells) < s.block.col-1 {
		cells = append(cells, nil)
	}
	var more []any
	switch at {
	case headRow - 1:
		more, err = s.alone(s.Words.T("book.data"), "hint")
		if s.plot.Form == ganttForm {
			more = append(more, nil, nil, nil, " ") // the name of the unseen series
		}
	case headRow:
		more, err = s.heads(s.block.columns)
	default:
		more, err = s.line(s.block.columns, s.block.rows[at-headRow-1], false)
	}
	return append(cells, more...), err
}

func (s *sheetWriter) alone(text, role string) ([]any, error) {
	id, err := s.style(cellLook{role: role})
	return []any{excelize.Cell{StyleID: id, Value: bookText(text)}}, err
}

package backup

import (
	"bufio"
	"context"
	"errors"
	"io"
	"reflect"

	chproto "github.com/ClickHouse/ch-go/proto"
	"github.com/ClickHouse/clickhouse-go/v2/lib/column"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/ClickHouse/clickhouse-go/v2/lib/proto"
)

// revision is the form of Native blocks in files: that of the oldest clients, which every engine still reads.
const revision = 0

// embedded is how the engine in this process calls itself to the driver.
const embedded = "embedded"

// blockRows is how many rows are put into a block, and one insert, where the engine does not do it.
const blockRows = 8192

// read gives the rows of a table at the moment as Native blocks.
func (s *source) read(ctx context.Context, t sourceTable) (io.ReadCloser, error) {
	ctx = s.bound(ctx)
	if s.raw {
		return s.conn.QueryFormat(ctx, "Native", s.rows(t))
	}
	rows, err := s.conn.Query(ctx, s.rows(t))
	if err != nil {
		return nil, err
	}
	r, w := io.Pipe()
	go func() {
		defer rows.Close()
		w.CloseWithError(encode(rows, w))
	}()
	return r, nil
}

// encode turns a server's rows into blocks.
func encode(rows driver.Rows, out io.Writer) error {
	names, types := rows.Columns(), rows.ColumnTypes()
	values := make([]any, len(names))
	for i, t := range types {
		values[i] = reflect.New(t.ScanType()).Interface()
	}
	fresh := func() (*proto.Block, error) {
		block := &proto.Block{ServerContext: &column.ServerContext{}}
		for i, t := range types {
			if err := block.AddColumn(names[i], column.Type(t.DatabaseTypeName())); err != nil {
				return nil, err
			}
		}
		return block, nil
	}
	block, err := fresh()
	if err != nil {
		return err
	}
	flush := func() error {
		if block.Rows() == 0 {
			return nil
		}
		var b chproto.Buffer
		if err := block.Encode(&b, revision); err != nil {
			return err
		}
		if _, err := out.Write(b.Buf); err != nil {
			return err
		}
		block, err = fresh()
		return err
	}
	for rows.Next() {
		if err := rows.Scan(values...); err != nil {
			return err
		}
		row := make([]any, len(values))
		for i, v := range values {
			row[i] = reflect.ValueOf(v).Elem().Interface()
		}
		if err := block.Append(row...); err != nil {
			return err
		}
		if block.Rows() == blockRows {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return flush()
}

// write puts Native blocks into a table: as they are where the engine takes them, else row by row.
func write(ctx context.Context, conn driver.Conn, table, columns string, blocks io.Reader) error {
	into := "INSERT INTO " + quoted(table) + " (" + columns + ")"
	version, err := conn.ServerVersion()
	if err != nil {
		return err
	}
	if version.DisplayName == embedded {
		return conn.InsertFormat(ctx, "Native", into, blocks)
	}
	reader := chproto.NewReader(bufio.NewReaderSize(blocks, 1<<20))
	for {
		block := proto.Block{ServerContext: &column.ServerContext{}}
		err := block.Decode(reader, revision)
		if errors.Is(err, io.EOF) && len(block.Columns) == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		if err := insert(ctx, conn, into, &block); err != nil {
			return err
		}
	}
}

func insert(ctx context.Context, conn driver.Conn, into string, block *proto.Block) error {
	n := block.Rows()
	if n == 0 {
		return nil
	}
	batch, err := conn.PrepareBatch(ctx, into)
	if err != nil {
		return err
	}
	defer batch.Close()
	row := make([]any, len(block.Columns))
	for i := range n {
		for j, c := range block.Columns {
			row[j] = c.Row(i, false)
		}
		if err := batch.Append(row...); err != nil {
			return err
		}
	}
	return batch.Send()
}

package ledger

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// insertPipe stores blocks one after the other while the next one is turned
// into the driver's form and the one after that is still being gathered.
type insertPipe struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	conn   driver.Conn
	blocks chan *block
	filled chan filledBlock
	done   sync.WaitGroup
}

// filledBlock is a block in the driver's form.
type filledBlock struct {
	batch driver.Batch
	rows  int
}

// newInsertPipe starts it; progress is told, from one goroutine, the rows stored so far.
func newInsertPipe(ctx context.Context, conn driver.Conn, progress func(uint64)) *insertPipe {
	p := &insertPipe{conn: conn, blocks: make(chan *block), filled: make(chan filledBlock)}
	p.ctx, p.cancel = context.WithCancelCause(ctx)
	p.done.Go(p.fillAll)
	p.done.Go(func() { p.sendAll(progress) })
	return p
}

// insert takes a block in; an error is that of an earlier one.
func (p *insertPipe) insert(b *block) error {
	select {
	case p.blocks <- b:
		return p.failed()
	case <-p.ctx.Done():
		return context.Cause(p.ctx)
	}
}

// failed is why nothing more is stored, nil while all is well.
func (p *insertPipe) failed() error {
	if p.ctx.Err() != nil {
		return context.Cause(p.ctx)
	}
	return nil
}

// close waits for the blocks on their way, or stops them when there is an error already.
func (p *insertPipe) close(err error) error {
	if err != nil {
		p.cancel(err)
	}
	close(p.blocks)
	p.done.Wait()
	if err == nil {
		err = p.failed()
	}
	p.cancel(nil)
	return err
}

func (p *insertPipe) fillAll() {
	defer close(p.filled)
	for b := range p.blocks {
		batch, err := p.fill(b)
		if err != nil {
			p.cancel(fmt.Errorf("%s: %w", b.dataset.Name, err))
			return
		}
		select {
		case p.filled <- filledBlock{batch, b.rows}:
		case <-p.ctx.Done():
			_ = batch.Abort()
			return
		}
	}
}

func (p *insertPipe) fill(b *block) (driver.Batch, error) {
	if err := p.failed(); err != nil {
		return nil, err
	}
	batch, err := p.conn.PrepareBatch(p.ctx, fmt.Sprintf("INSERT INTO %s (%s)", b.dataset.Name, strings.Join(b.dataset.written(), ", ")))
	if err != nil {
		return nil, err
	}
	for i, c := range b.chunks {
		if err := c.appendTo(batch, b.stamps[i]); err != nil {
			return nil, errors.Join(err, batch.Abort())
		}
	}
	return batch, nil
}

func (p *insertPipe) sendAll(progress func(uint64)) {
	total := uint64(0)
	for f := range p.filled {
		if p.failed() != nil {
			_ = f.batch.Abort()
			continue
		}
		if err := f.batch.Send(); err != nil {
			p.cancel(err)
			continue
		}
		total += uint64(f.rows)
		progress(total)
	}
}

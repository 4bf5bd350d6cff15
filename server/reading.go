package server

import "context"

// reading lets one file be read at a time in the process, in the order of
// asking: a workbook takes many times its size in memory while it is read.
type reading chan struct{}

func newReading() reading { return make(reading, 1) }

// start waits until no other file is being read; a process that serves nobody has nothing to wait for.
func (r reading) start(ctx context.Context) error {
	if r == nil {
		return nil
	}
	select {
	case r <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r reading) end() {
	if r != nil {
		<-r
	}
}

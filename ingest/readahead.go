package ingest

import "io"

// readAhead inflates a large part on another processor while the part is being scanned.
type readAhead struct {
	source io.ReadCloser
	full   chan block
	free   chan []byte
	stop   chan struct{}
	left   []byte // of the block being read
	whole  []byte
	err    error
}

type block struct {
	bytes []byte
	err   error
}

const (
	readAheadFrom  = 1 << 20
	readAheadBlock = 256 << 10
	readAheadCount = 4
)

func newReadAhead(source io.ReadCloser) *readAhead {
	r := &readAhead{source: source, full: make(chan block, readAheadCount), free: make(chan []byte, readAheadCount), stop: make(chan struct{})}
	for range readAheadCount {
		r.free <- make([]byte, readAheadBlock)
	}
	go r.run()
	return r
}

// run fills blocks until the source ends or nobody reads on; it alone touches the source.
func (r *readAhead) run() {
	defer close(r.full)
	defer r.source.Close()
	for {
		var buf []byte
		select {
		case buf = <-r.free:
		case <-r.stop:
			return
		}
		n, err := 0, error(nil)
		for n < len(buf) && err == nil {
			var more int
			more, err = r.source.Read(buf[n:])
			n += more
		}
		select {
		case r.full <- block{buf[:n], err}:
		case <-r.stop:
			return
		}
		if err != nil {
			return
		}
	}
}

func (r *readAhead) Read(p []byte) (int, error) {
	if len(r.left) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		if r.whole != nil {
			r.free <- r.whole[:cap(r.whole)]
		}
		b := <-r.full
		r.left, r.whole, r.err = b.bytes, b.bytes, b.err
		if len(r.left) == 0 {
			return 0, r.err
		}
	}
	n := copy(p, r.left)
	r.left = r.left[n:]
	return n, nil
}

// Close ends the work; the source is closed by the one who reads it.
func (r *readAhead) Close() error {
	close(r.stop)
	return nil
}

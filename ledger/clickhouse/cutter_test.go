package clickhouse

import (
	"bytes"
	"net"
	"sync"
	"testing"
)

// cutWhere says where a connection is cut that carries a statement.
type cutWhere string

const (
	cutInMiddle  cutWhere = "in the middle of the statement" // half of what says it has gone through
	cutBeforeAck cutWhere = "before the answer"              // the server has all of it, the client hears nothing
	cutAfterAck  cutWhere = "after the answer"
)

// cutter hands connections on to a server and cuts the one that carries a marked statement for the nth time.
type cutter struct {
	listener net.Listener
	target   string

	mu     sync.Mutex
	marker []byte
	where  cutWhere
	left   int // how often the marker is met before the cut; 0: nothing is cut
	cuts   int
	open   map[net.Conn]bool
}

func newCutter(t *testing.T, target string) *cutter {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cutter{listener: listener, target: target, open: map[net.Conn]bool{}}
	t.Cleanup(func() { listener.Close(); c.cutAll() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go c.relay(client)
		}
	}()
	return c
}

func (c *cutter) address() string { return c.listener.Addr().String() }

// cut sets the cutter on the connection that carries the marker for the nth time from now on.
func (c *cutter) cut(where cutWhere, marker string, nth int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.where, c.marker, c.left, c.cuts = where, []byte(marker), nth, 0
}

// cutAll cuts every connection there is.
func (c *cutter) cutAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for conn := range c.open {
		conn.Close()
	}
	clear(c.open)
}

// happened says how many connections were cut for the marker.
func (c *cutter) happened() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cuts
}

// met reports that what a client sends carries the statement whose connection is to be cut.
func (c *cutter) met(sent []byte) (cutWhere, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left == 0 || !bytes.Contains(sent, c.marker) {
		return "", false
	}
	if c.left--; c.left > 0 {
		return "", false
	}
	c.cuts++
	return c.where, true
}

// onlyAsks reports that a piece sent holds the statement and none of the rows yet: the head of an HTTP request, or the words of a native one.
func onlyAsks(sent []byte) bool {
	if bytes.HasPrefix(sent, []byte("POST")) {
		return bytes.Index(sent, []byte("\r\n\r\n")) == len(sent)-4
	}
	return bytes.Contains(sent, []byte("INSERT INTO"))
}

func (c *cutter) relay(client net.Conn) {
	server, err := net.Dial("tcp", c.target)
	if err != nil {
		client.Close()
		return
	}
	c.mu.Lock()
	c.open[client], c.open[server] = true, true
	c.mu.Unlock()
	end := func() {
		client.Close()
		server.Close()
	}
	var mu sync.Mutex
	pending := cutWhere("") // what is to be done when the server answers
	go func() {
		defer end()
		buffer, middle := make([]byte, 64<<10), false
		for {
			n, err := client.Read(buffer)
			if n > 0 {
				where, now := c.met(buffer[:n])
				middle = middle || now && where == cutInMiddle
				if middle && !onlyAsks(buffer[:n]) {
					_, _ = server.Write(buffer[:n-min(n/2, 20)])
					return
				}
				if now && where != cutInMiddle {
					mu.Lock()
					pending = where
					mu.Unlock()
				}
				if _, err := server.Write(buffer[:n]); err != nil {
					return
				}
			}
			if err != nil {
				return
			}
		}
	}()
	defer end()
	buffer := make([]byte, 64<<10)
	for {
		n, err := server.Read(buffer)
		mu.Lock()
		where := pending
		mu.Unlock()
		if n > 0 && where != cutBeforeAck {
			if _, err := client.Write(buffer[:n]); err != nil {
				return
			}
		}
		if err != nil || where != "" && n > 0 {
			return
		}
	}
}

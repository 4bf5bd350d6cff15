package server

import (
	"io"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

const (
	// headTime is how long the head of a request may take, from the first byte or, on a new connection, from its beginning: who opens many
	// connections and says little holds none of them longer.
	headTime = 20 * time.Second
	// bodyTime is how long the body may take, and the answer: a file of 50 MiB over a slow line.
	bodyTime = 5 * time.Minute
	// idleTime is how long a connection stays open between two requests.
	idleTime = 2 * time.Minute
	// mostConnections bounds those that are open at a time; further ones are told to come back.
	mostConnections = 4096
)

// timeForBody gives a request that brings something more time, once its head has come.
func timeForBody(head *fasthttp.RequestHeader) fasthttp.RequestConfig {
	if head.IsPost() {
		return fasthttp.RequestConfig{ReadTimeout: bodyTime}
	}
	return fasthttp.RequestConfig{}
}

// endBody leaves nothing of a request's body on its connection: what a handler did not read, the server would take for the next request, and
// another site's form, refused by its origin, could bring one that says nothing of where it comes from.
func endBody(c *fiber.Ctx) error {
	err := c.Next()
	if r := c.Request(); r.IsBodyStream() && !readToEnd(r) {
		c.Response().SetConnectionClose()
	}
	return err
}

// readToEnd reads what is left of a small body; a large one, or one of unknown length, is not worth keeping the connection for.
func readToEnd(r *fasthttp.Request) bool {
	if n := r.Header.ContentLength(); n < 0 || n > smallBody {
		return false
	}
	_, err := io.Copy(io.Discard, r.BodyStream())
	return err == nil
}

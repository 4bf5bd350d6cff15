package server

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"path"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// vendor is ECharts, copied here with the libraries of slideScripts by make setup and kept out of git.
const vendor = "vendor/echarts.min.js"

//go:embed all:assets
var assetFiles embed.FS

// asset is a file of the pages with what a browser needs to keep it.
type asset struct {
	body, packed []byte
	kind, hash   string
}

// assets reads the embedded files once; their hash is part of the address, so a browser may keep them for good.
var assets = sync.OnceValue(func() map[string]asset {
	all := map[string]asset{}
	_ = fs.WalkDir(assetFiles, "assets", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := assetFiles.ReadFile(name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		all[strings.TrimPrefix(name, "assets/")] = asset{body, pack(body), mime.TypeByExtension(path.Ext(name)), hex.EncodeToString(sum[:6])}
		return nil
	})
	return all
})

// assetsReady refuses a program that was built before make setup fetched the libraries of its pages and documents.
func assetsReady() error {
	for _, name := range append([]string{vendor, docxLibrary}, slideScripts...) {
		if _, ok := assets()[name]; !ok {
			return ledger.Fail(ledger.Internal, text.T("page.error.no_echarts"))
		}
	}
	return nil
}

func pack(body []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = w.Write(body)
	_ = w.Close()
	if b.Len() >= len(body) {
		return nil
	}
	return b.Bytes()
}

// assetPath is the address of an asset, its content's hash included.
func assetPath(name string) string { return "/assets/" + name + "?" + assets()[name].hash }

// serveAsset answers /assets/*; an address with the right hash never changes what it says.
func (a *app) serveAsset(c *fiber.Ctx) error {
	file, ok := assets()[param(c, "*")]
	if !ok {
		return fiber.ErrNotFound
	}
	c.Set(fiber.HeaderContentType, file.kind)
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	c.Set(fiber.HeaderCacheControl, "no-cache")
	if string(c.Request().URI().QueryString()) == file.hash {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	if file.packed != nil && takesGzip(c) {
		c.Set(fiber.HeaderContentEncoding, gzipWord)
		return c.Send(file.packed)
	}
	return c.Send(file.body)
}

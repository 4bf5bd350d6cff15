package ingest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"

	"golang.org/x/image/draw"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// What a photo may be, and what is kept of it.
const (
	PhotoBytes = 15 << 20 // as it is handed over
	// photoPixels is the most a photo may have, heavyPixels where a pixel takes more memory than usual while it is read: the size is read
	// before anything else, so that a small file cannot ask for all the memory there is.
	photoPixels = 40_000_000
	heavyPixels = 16_000_000
	photoEdge   = 1600 // of the longer side as kept: what a page shows and a print at A4 needs
	photoGrade  = 82   // of JPEG
)

// PhotoType is the content type of every photo that is kept.
const PhotoType = "image/jpeg"

// Photo is a photo as it is kept: upright, of a sensible size, and nothing in it but the picture.
type Photo struct {
	Content       []byte
	Hash          string // sha256 of Content, hex
	Width, Height int
}

// reading a large photo takes a few hundred megabytes for a moment, so it is done one at a time.
var photoTurn = make(chan struct{}, 1)

// ReadPhoto reads a JPEG or PNG by what it holds, whatever it is called, and writes it anew: turned as its camera says, scaled down, and
// without a word of what cameras write beside the picture, such as where it was taken. What is no photo or too large is Invalid, with a
// sentence.
func ReadPhoto(ctx context.Context, name string, content []byte) (Photo, error) {
	if len(content) > PhotoBytes {
		return Photo{}, ledger.Fail(ledger.Invalid, text.T("photo.too_large", name, PhotoBytes>>20))
	}
	format, err := photoFormat(name, content)
	if err != nil {
		return Photo{}, err
	}
	if err := format.fits(name, content); err != nil {
		return Photo{}, err
	}
	select {
	case photoTurn <- struct{}{}:
		defer func() { <-photoTurn }()
	case <-ctx.Done():
		return Photo{}, ctx.Err()
	}
	picture, err := format.decode(bytes.NewReader(content))
	if err != nil {
		return Photo{}, &ledger.Error{Kind: ledger.Invalid, Message: text.T("photo.broken", name), Cause: err}
	}
	return keptPhoto(upright(scaled(picture), format.orientation(content)))
}

// photoForm is one of the two forms that are read.
type photoForm struct {
	config      func(*bytes.Reader) (image.Config, error)
	decode      func(*bytes.Reader) (image.Image, error)
	heavy       func(content []byte, c image.Config) bool
	orientation func(content []byte) int
}

var (
	jpegForm = photoForm{
		config: func(r *bytes.Reader) (image.Config, error) { return jpeg.DecodeConfig(r) },
		decode: func(r *bytes.Reader) (image.Image, error) { return jpeg.Decode(r) },
		heavy: func(content []byte, c image.Config) bool {
			return c.ColorModel == color.CMYKModel || progressive(content)
		},
		orientation: jpegOrientation,
	}
	pngForm = photoForm{
		config: func(r *bytes.Reader) (image.Config, error) { return png.DecodeConfig(r) },
		decode: func(r *bytes.Reader) (image.Image, error) { return png.Decode(r) },
		heavy: func(_ []byte, c image.Config) bool {
			return slices.Contains([]color.Model{color.NRGBA64Model, color.RGBA64Model, color.Gray16Model}, c.ColorModel)
		},
		orientation: pngOrientation,
	}
)

// The first bytes of what is read, and of what phones send instead.
var (
	jpegMark   = []byte{0xff, 0xd8, 0xff}
	pngMark    = []byte("\x89PNG\r\n\x1a\n")
	heicBrands = []string{"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis"}
)

func photoFormat(name string, content []byte) (photoForm, error) {
	switch {
	case bytes.HasPrefix(content, jpegMark):
		return jpegForm, nil
	case bytes.HasPrefix(content, pngMark):
		return pngForm, nil
	case len(content) >= 12 && string(content[4:8]) == "ftyp" && slices.Contains(heicBrands, string(content[8:12])):
		return photoForm{}, ledger.Fail(ledger.Invalid, text.T("photo.heic", name))
	}
	return photoForm{}, ledger.Fail(ledger.Invalid, text.T("photo.no_photo", name))
}

// fits asks the header for the size.
func (f photoForm) fits(name string, content []byte) error {
	size, err := f.config(bytes.NewReader(content))
	if err == nil && (size.Width <= 0 || size.Height <= 0) {
		err = errors.New("no size")
	}
	if err != nil {
		return &ledger.Error{Kind: ledger.Invalid, Message: text.T("photo.broken", name), Cause: err}
	}
	most := int64(photoPixels)
	if f.heavy(content, size) {
		most = heavyPixels
	}
	if int64(size.Width)*int64(size.Height) > most {
		return ledger.Fail(ledger.Invalid, text.T("photo.too_many_pixels", name, size.Width, size.Height, most/10_000))
	}
	return nil
}

// scaled is a picture on white, its longer side no longer than photoEdge.
func scaled(picture image.Image) *image.RGBA {
	from := picture.Bounds()
	w, h := from.Dx(), from.Dy()
	if longer := max(w, h); longer > photoEdge {
		w, h = max(1, w*photoEdge/longer), max(1, h*photoEdge/longer)
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(to, to.Bounds(), image.White, image.Point{}, draw.Src)
	if w == from.Dx() && h == from.Dy() {
		draw.Draw(to, to.Bounds(), picture, from.Min, draw.Over)
	} else {
		draw.CatmullRom.Scale(to, to.Bounds(), picture, from, draw.Over, nil)
	}
	return to
}

// upright turns a picture as the number of its orientation says (1 to 8 of EXIF).
func upright(p *image.RGBA, orientation int) *image.RGBA {
	w, h := p.Bounds().Dx(), p.Bounds().Dy()
	var from func(x, y int) (int, int) // of a pixel of the turned picture: where it is in p
	switch orientation {
	case 2:
		from = func(x, y int) (int, int) { return w - 1 - x, y }
	case 3:
		from = func(x, y int) (int, int) { return w - 1 - x, h - 1 - y }
	case 4:
		from = func(x, y int) (int, int) { return x, h - 1 - y }
	case 5:
		from = func(x, y int) (int, int) { return y, x }
	case 6:
		from = func(x, y int) (int, int) { return y, h - 1 - x }
	case 7:
		from = func(x, y int) (int, int) { return w - 1 - y, h - 1 - x }
	case 8:
		from = func(x, y int) (int, int) { return w - 1 - y, x }
	default:
		return p
	}
	tw, th := w, h
	if orientation >= 5 {
		tw, th = h, w
	}
	turned := image.NewRGBA(image.Rect(0, 0, tw, th))
	for y := range th {
		for x := range tw {
			turned.SetRGBA(x, y, p.RGBAAt(from(x, y)))
		}
	}
	return turned
}

func keptPhoto(p *image.RGBA) (Photo, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, &jpeg.Options{Quality: photoGrade}); err != nil {
		return Photo{}, err
	}
	sum := sha256.Sum256(b.Bytes())
	return Photo{Content: b.Bytes(), Hash: hex.EncodeToString(sum[:]), Width: p.Bounds().Dx(), Height: p.Bounds().Dy()}, nil
}

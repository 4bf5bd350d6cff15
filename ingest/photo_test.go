package ingest

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// picture is red but for a blue corner at the top left.
func picture(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{200, 30, 30, 255}
			if x < w/2 && y < h/2 {
				c = color.RGBA{20, 40, 220, 255}
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

func asJPEG(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// placeWords are what a camera writes of where it was: the words that must not be kept.
const placeWords = "GPSLatitude 34.7466 GPSLongitude 113.6254 Made by Camera"

// withExif puts EXIF with an orientation and a place into a JPEG, as a camera does.
func withExif(content []byte, orientation uint16) []byte {
	b := []byte("MM\x00\x2a\x00\x00\x00\x08")
	entry := func(tag, kind uint16, count, value uint32) []byte {
		e := binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(nil, tag), kind)
		return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(e, count), value)
	}
	b = append(b, 0, 2)
	b = append(b, entry(orientationTag, 3, 1, uint32(orientation)<<16)...)
	b = append(b, entry(0x8825, 4, 1, 38)...) // where the place stands
	b = append(b, 0, 0, 0, 0)
	b = append(b, placeWords...)
	body := append([]byte("Exif\x00\x00"), b...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))...)
	return append(append(out, body...), content[2:]...)
}

// claiming is a PNG whose header says another size than it has.
func claiming(content []byte, w, h uint32) []byte {
	out := bytes.Clone(content)
	binary.BigEndian.PutUint32(out[16:], w)
	binary.BigEndian.PutUint32(out[20:], h)
	binary.BigEndian.PutUint32(out[29:], crc32.ChecksumIEEE(out[12:29]))
	return out
}

func TestPhotosAreWrittenAnew(t *testing.T) {
	testkit.Unraced(t)
	small := picture(40, 20)
	for _, one := range []struct {
		name    string
		content []byte
		w, h    int
		blue    image.Point // where the corner is afterwards
	}{
		{"a.jpg", asJPEG(t, small), 40, 20, image.Pt(3, 3)},
		{"a.png", asPNG(t, small), 40, 20, image.Pt(3, 3)},
		{"named otherwise.txt", asJPEG(t, small), 40, 20, image.Pt(3, 3)},
		{"upright", withExif(asJPEG(t, small), 1), 40, 20, image.Pt(3, 3)},
		{"mirrored", withExif(asJPEG(t, small), 2), 40, 20, image.Pt(36, 3)},
		{"upside down", withExif(asJPEG(t, small), 3), 40, 20, image.Pt(36, 16)},
		{"flipped", withExif(asJPEG(t, small), 4), 40, 20, image.Pt(3, 16)},
		{"transposed", withExif(asJPEG(t, small), 5), 20, 40, image.Pt(3, 3)},
		{"held upright", withExif(asJPEG(t, small), 6), 20, 40, image.Pt(16, 3)},
		{"transversed", withExif(asJPEG(t, small), 7), 20, 40, image.Pt(16, 36)},
		{"held the other way", withExif(asJPEG(t, small), 8), 20, 40, image.Pt(3, 36)},
		{"orientation out of range", withExif(asJPEG(t, small), 99), 40, 20, image.Pt(3, 3)},
		{"large", withExif(asJPEG(t, picture(3000, 2000)), 6), 1066, 1600, image.Pt(1000, 30)},
	} {
		got, err := ReadPhoto(context.Background(), one.name, one.content)
		if err != nil {
			t.Errorf("%s: %v", one.name, err)
			continue
		}
		p, err := jpeg.Decode(bytes.NewReader(got.Content))
		if err != nil || got.Width != one.w || got.Height != one.h || p.Bounds() != image.Rect(0, 0, one.w, one.h) {
			t.Errorf("%s: %v, %d×%d, want %d×%d", one.name, err, got.Width, got.Height, one.w, one.h)
			continue
		}
		for _, at := range []image.Point{one.blue, {one.w - 1 - one.blue.X, one.h - 1 - one.blue.Y}} {
			r, _, b, _ := p.At(at.X, at.Y).RGBA()
			if (b > r) != (at == one.blue) {
				t.Errorf("%s: at %v red %d, blue %d", one.name, at, r>>8, b>>8)
			}
		}
		for _, word := range []string{"Exif", "GPS", "34.7466", "Camera", "eXIf"} {
			if bytes.Contains(got.Content, []byte(word)) {
				t.Errorf("%s: %q is kept", one.name, word)
			}
		}
		if !bytes.Contains(one.content, []byte("GPS")) && one.name == "large" {
			t.Error("the camera wrote no place")
		}
		again, err := ReadPhoto(context.Background(), "again", one.content)
		if err != nil || again.Hash != got.Hash || len(got.Hash) != 64 {
			t.Errorf("%s: %v, the same photo has two names: %s, %s", one.name, err, got.Hash, again.Hash)
		}
	}
}

func said(e *ledger.Error) string { return e.Message.In(text.Zh) }

func TestWhatIsNoPhotoIsRefusedWithASentence(t *testing.T) {
	small := asJPEG(t, picture(400, 200))
	var moving bytes.Buffer
	if err := gif.Encode(&moving, picture(10, 10), nil); err != nil {
		t.Fatal(err)
	}
	for _, one := range []struct {
		name    string
		content []byte
		says    string
	}{
		{"cut off.jpg", small[:len(small)/2], "不完整"},
		{"head alone.jpg", small[:3], "不完整"},
		{"cut off.png", asPNG(t, picture(50, 50))[:60], "不完整"},
		{"bomb.png", claiming(asPNG(t, picture(10, 10)), 50_000, 50_000), "50000×50000"},
		{"deep bomb.png", claiming(asPNG(t, image.NewNRGBA64(image.Rect(0, 0, 4, 4))), 5000, 4000), "最多 1600 万"},
		{"no size.png", claiming(asPNG(t, picture(10, 10)), 0, 10), "不完整"},
		{"IMG_1.HEIC", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), "兼容性最佳"},
		{"named.jpg", []byte("\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic"), "兼容性最佳"},
		{"moving.gif", moving.Bytes(), "不是 JPEG"},
		{"drawn.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`), "不是 JPEG"},
		{"words.jpg", []byte("这不是照片"), "不是 JPEG"},
		{"page.png", []byte("<html>"), "不是 JPEG"},
		{"nothing.jpg", nil, "不是 JPEG"},
		{"heavy.jpg", append(bytes.Clone(small), make([]byte, PhotoBytes)...), "最多 15 MB"},
	} {
		_, err := ReadPhoto(context.Background(), one.name, one.content)
		var known *ledger.Error
		if !errors.As(err, &known) || known.Kind != ledger.Invalid || !strings.Contains(said(known), one.says) || !strings.Contains(said(known), one.name) {
			t.Errorf("%s: %v", one.name, err)
		}
	}
	// A file of two million pixels more than the most of a progressive JPEG is refused by its header too.
	large := bytes.Clone(small)
	segmentAt := bytes.Index(large, []byte{0xff, 0xc0})
	large[segmentAt+1] = 0xc2
	binary.BigEndian.PutUint16(large[segmentAt+5:], 4500)
	binary.BigEndian.PutUint16(large[segmentAt+7:], 4000)
	if _, err := ReadPhoto(context.Background(), "step by step.jpg", large); err == nil || !strings.Contains(err.Error(), "4000×4500") {
		t.Error(err)
	}
}

// FuzzReadPhoto looks for a file that breaks the reader or is kept with what its camera wrote.
func FuzzReadPhoto(f *testing.F) {
	f.Add(withExif(asJPEG(f, picture(16, 8)), 6))
	f.Add(asPNG(f, picture(8, 8)))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, content []byte) {
		got, err := ReadPhoto(context.Background(), "x", content)
		if err == nil && (bytes.Contains(got.Content, []byte("Exif\x00")) || got.Width > photoEdge || got.Height > photoEdge) {
			t.Error("kept as it was")
		}
	})
}

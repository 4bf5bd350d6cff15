package ingest

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// segments walks the parts of a JPEG before its picture: each one's mark and what it holds.
func segments(content []byte, see func(mark byte, body []byte) bool) {
	for at := 2; at+4 <= len(content); {
		if content[at] != 0xff {
			return
		}
		mark := content[at+1]
		if mark == 0xff {
			at++ // filling
			continue
		}
		long := int(binary.BigEndian.Uint16(content[at+2:]))
		if mark == 0xda || long < 2 || at+2+long > len(content) || !see(mark, content[at+4:at+2+long]) {
			return
		}
		at += 2 + long
	}
}

// progressive reports a JPEG whose picture stands in memory several times while it is read.
func progressive(content []byte) (found bool) {
	segments(content, func(mark byte, _ []byte) bool {
		found = found || mark == 0xc2
		return true
	})
	return found
}

// jpegOrientation is how a camera held a photo, as its EXIF says; 1, upright, where nothing says.
func jpegOrientation(content []byte) int {
	orientation := 1
	segments(content, func(mark byte, body []byte) bool {
		rest, exif := bytes.CutPrefix(body, []byte("Exif\x00\x00"))
		if mark == 0xe1 && exif {
			orientation = tiffOrientation(rest)
		}
		return mark != 0xe1 || !exif
	})
	return orientation
}

// pngOrientation is the same of a PNG, which holds its EXIF in a part of its own.
func pngOrientation(content []byte) int {
	for at := len(pngMark); at+8 <= len(content); {
		long := int64(binary.BigEndian.Uint32(content[at:]))
		end := int64(at) + 8 + long
		if end > int64(len(content)) {
			break
		}
		if string(content[at+4:at+8]) == "eXIf" {
			return tiffOrientation(content[at+8 : end])
		}
		at = int(end) + 4
	}
	return 1
}

// orientationTag is the field of EXIF that says it.
const orientationTag = 0x0112

// tiffOrientation reads the field out of the first directory of EXIF; whatever does not read as it should leaves the photo as it is.
func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(b[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 1
	}
	entries := int64(order.Uint16(b[at:]))
	for i := range entries {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(b)) {
			return 1
		}
		if order.Uint16(b[entry:]) == orientationTag {
			if v := int(order.Uint16(b[entry+8:])); slices.Contains([]int{2, 3, 4, 5, 6, 7, 8}, v) {
				return v
			}
			return 1
		}
	}
	return 1
}

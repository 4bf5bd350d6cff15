package ledger

import "taizhang/internal/access"

// hides reports whether a field's value in a row must not be shown; firm says whether the row is of one firm.
func (f Field) hides(h access.Hides, firm bool) bool {
	return h.Personal && f.Private || h.FirmTax && f.OfFirm != "" && firm
}

// Hide takes away, from a version of a row, what must not be shown: the values, and the cells as they were written.
func (v *Version) Hide(h access.Hides) {
	for i := range v.Fields {
		f := &v.Fields[i]
		if !f.Field.hides(h, v.names(f.Field.OfFirm)) || f.Value == "" && f.Raw == "" {
			continue
		}
		f.hide()
	}
}

// names reports whether a field of the version is filled.
func (v Version) names(field string) bool {
	f, found := v.Field(field)
	return found && f.Value != ""
}

// hide takes a value away with the cell it was read from.
func (f *Traced) hide() {
	f.Value, f.Raw, f.Mark, f.Correction = access.Hidden, access.Hidden, "", nil
	if f.Origin != nil {
		o := f.Origin.without()
		f.Origin = &o
	}
}

// without is the place of a value without what stands there.
func (o Origin) without() Origin {
	if o.Raw != "" {
		o.Raw = access.Hidden
	}
	o.Correction = nil
	return o
}

// Hide takes away, from the difference of two states of a row, what must not be shown. A figure of firms is taken away of every row, since
// the fields that differ need not say whose row it is.
func (d *Difference) Hide(h access.Hides) {
	for i := range d.Fields {
		f := &d.Fields[i]
		if !f.Field.hides(h, true) {
			continue
		}
		for _, value := range []*string{&f.Was, &f.Now} {
			if *value != "" {
				*value = access.Hidden
			}
		}
		f.WasMark, f.NowMark = "", ""
		if f.From != nil {
			o := f.From.without()
			f.From = &o
		}
	}
	if d.Source.Raw != "" && h.Any() {
		d.Source = d.Source.without()
	}
}

// MayAsk refuses a filter by a field that is hidden: whoever may ask for a value until a row comes has found it.
func (d *Dataset) MayAsk(filter Filter, h access.Hides) (refused string, ok bool) {
	for name := range filter {
		if f, found := d.Field(name); found && f.hides(h, true) {
			return f.Zh, false
		}
	}
	return "", true
}

package ingest

import (
	"context"
	"encoding/json"
	"time"

	"taizhang/ledger"
)

// KnownMappings are the mappings that the record remembers, for the next file of the same shape.
func KnownMappings(ctx context.Context, l *ledger.Ledger) ([]Known, error) {
	list, err := l.Mappings(ctx)
	if err != nil {
		return nil, err
	}
	known := make([]Known, 0, len(list))
	for _, m := range list {
		k := Known{Shape: m.Shape, By: m.By, At: m.At.In(ledger.Office).Format(time.DateOnly)}
		if err := json.Unmarshal([]byte(m.Mapping), &k.Mapping); err != nil {
			return nil, err
		}
		known = append(known, k)
	}
	return known, nil
}

// AsLoaded makes a batch's file be read again as it was when it was loaded: by the same mappings and with the same corrections.
func AsLoaded(ctx context.Context, l *ledger.Ledger, batch uint64, opt Options) (Options, error) {
	list, err := l.MappingsOf(ctx, batch)
	if err != nil {
		return opt, err
	}
	for _, m := range list {
		var mp Mapping
		if err := json.Unmarshal([]byte(m.Mapping), &mp); err != nil {
			return opt, err
		}
		opt.Mappings = append(opt.Mappings, mp)
	}
	found, err := l.Problems(ctx, batch)
	for _, p := range found {
		if p.Kind == ledger.Corrected {
			opt.Fixes = append(opt.Fixes, Fix{Sheet: string(p.Sheet), Cell: string(p.Cell), Value: p.Expected})
		}
	}
	return opt, err
}

// mapped are the mappings the file was read by, to be remembered with its batch.
func (f *File) mapped() ([]ledger.Mapped, error) {
	var list []ledger.Mapped
	for _, l := range f.Layouts {
		event := ledger.MappingUsed
		switch {
		case l.Origin == ByPerson && l.Shape != "":
			event = ledger.MappingMade
		case l.Origin != ByPerson && l.Origin != Remembered:
			continue
		}
		said, err := json.Marshal(l.Mapping)
		if err != nil {
			return nil, err
		}
		list = append(list, ledger.Mapped{Shape: l.Shape, Event: event, Dataset: l.Mapping.Dataset, Sheet: l.Mapping.Sheet, Mapping: string(said)})
	}
	return list, nil
}

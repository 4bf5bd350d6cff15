package server

import (
	"context"

	"taizhang/ledger"
)

// Engine is what main knows of the database and hands over, so that nothing here depends on which one it is.
type Engine struct {
	// Open opens the record; socket is where this process will answer others, empty for nowhere.
	Open func(ctx context.Context, cfg Config, socket string) (*ledger.Ledger, func() error, error)
	// Holder tells where the process that has a folder open answers; false when nobody has it open.
	Holder func(dir string) (socket string, held bool)
	// Explain gives a failure of the engine its sentence, or gives the error back.
	Explain func(error) error
}

func (e Engine) explain(err error) error {
	if e.Explain == nil {
		return err
	}
	return e.Explain(err)
}

package charts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dop251/goja"

	"taizhang/internal/text"
)

// shim is what ECharts expects of the place it runs in; nothing of it moves by itself when it draws for a file.
const shim = `var self = this, window = undefined, console = { log: function () {}, warn: function () {}, error: function () {} };
function setTimeout() { return 0; }
function clearTimeout() {}`

// draw is called with a picture as JSON and gives the SVG.
const draw = `(function () {
  echarts.setPlatformAPI({ measureText: function (text, font) { return { width: textWidth(text || "", font || "") }; } });
  var themes = JSON.parse(themesJSON);
  Object.keys(themes).forEach(function (name) { echarts.registerTheme(name, themes[name]); });
  return function (json) {
    var p = JSON.parse(json);
    return picture.file(p.option, p.what, themes[p.setup.theme], p.setup);
  };
}())`

// interpreter is a script engine with ECharts loaded; one goroutine uses it at a time.
type interpreter struct {
	vm   *goja.Runtime
	call goja.Callable
}

// script is a source by its name.
type script struct{ name, body string }

// compiled are scripts ready to be run in any number of interpreters.
func compiled(scripts []script) ([]*goja.Program, error) {
	var list []*goja.Program
	for _, one := range scripts {
		program, err := goja.Compile(one.name, one.body, false)
		if err != nil {
			return nil, err
		}
		list = append(list, program)
	}
	return list, nil
}

// newInterpreter runs programs one after the other in an engine of its own; what the last one gives is the function that is called.
// given are the names that the programs find there.
func newInterpreter(programs []*goja.Program, given map[string]any) (*interpreter, error) {
	vm := goja.New()
	for name, value := range given {
		if err := vm.Set(name, value); err != nil {
			return nil, err
		}
	}
	var last goja.Value
	for _, program := range programs {
		var err error
		if last, err = vm.RunProgram(program); err != nil {
			return nil, err
		}
	}
	call, ok := goja.AssertFunction(last)
	if !ok {
		return nil, errors.New("the script gives no function")
	}
	return &interpreter{vm, call}, nil
}

// draw runs the script over a picture until limit or the end of ctx.
func (in *interpreter) draw(ctx context.Context, limit time.Duration, asked []byte) ([]byte, error) {
	out, err := in.run(ctx, limit, asked)
	var interrupted *goja.InterruptedError
	if errors.As(err, &interrupted) {
		return nil, unavailable(text.T("picture.too_slow", int(limit.Seconds())), err)
	}
	if err != nil {
		return nil, err
	}
	return []byte(out.String()), nil
}

// run calls the script's function with JSON until limit or the end of ctx, which ends in a goja.InterruptedError.
func (in *interpreter) run(ctx context.Context, limit time.Duration, asked []byte) (out goja.Value, err error) {
	defer func() {
		if failed := recover(); failed != nil {
			err = fmt.Errorf("the interpreter panicked: %v", failed)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	// The end of ctx stops the script; what came too late to stop this one must not stop the next.
	stopped := make(chan struct{})
	watch := context.AfterFunc(ctx, func() {
		defer close(stopped)
		in.vm.Interrupt(ctx.Err())
	})
	out, err = in.call(goja.Undefined(), in.vm.ToValue(string(asked)))
	if !watch() {
		<-stopped
		in.vm.ClearInterrupt()
	}
	return out, err
}

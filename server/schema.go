package server

import (
	"encoding"
	"encoding/json"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"taizhang/analytics"
	"taizhang/ledger"
)

// schema is a JSON Schema, or another object of an OpenAPI document.
type schema map[string]any

// schemas are those of Go types as encoding/json writes them; those of structs are gathered under their names.
type schemas struct {
	named map[string]schema
	names map[reflect.Type]string
	// strict refuses properties that the type has not, for a test; what is published lets an answer grow.
	strict bool
}

// plainTypes are types that write themselves as something else than their Go kind.
var plainTypes = map[reflect.Type]schema{
	reflect.TypeFor[time.Time]():       {"type": "string", "format": "date-time"},
	reflect.TypeFor[ledger.Decimal]():  {"type": []string{"number", "null"}},
	reflect.TypeFor[analytics.Date]():  {"type": []string{"string", "null"}, "format": "date"},
	reflect.TypeFor[ledger.Optional](): {"type": []string{"string", "null"}},
	reflect.TypeFor[json.RawMessage](): {},
	reflect.TypeFor[schema]():          {"type": "object"},
}

// written is a type that marshals itself in the shape of another.
type written interface{ JSONShape() any }

// of gives the schema of a type. A type that marshals itself in a way nobody declared is a mistake of the program.
func (s *schemas) of(t reflect.Type) schema {
	if plain, known := plainTypes[t]; known {
		return plain
	}
	if t.Implements(reflect.TypeFor[written]()) && t.Kind() != reflect.Pointer {
		return s.of(reflect.TypeOf(reflect.Zero(t).Interface().(written).JSONShape()))
	}
	if t.Kind() == reflect.Pointer {
		return orNull(s.of(t.Elem()))
	}
	if t.Implements(reflect.TypeFor[json.Marshaler]()) || reflect.PointerTo(t).Implements(reflect.TypeFor[json.Marshaler]()) {
		panic(fmt.Sprintf("server: %s writes its own JSON; plainTypes does not say how", t))
	}
	if t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		return schema{"type": "string"}
	}
	switch t.Kind() {
	case reflect.Bool:
		return schema{"type": "boolean"}
	case reflect.String:
		return schema{"type": "string"}
	case reflect.Float32, reflect.Float64:
		return schema{"type": "number"}
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 {
			return schema{"type": []string{"string", "null"}, "contentEncoding": "base64"}
		}
		// A list without anything in it may be written as null.
		return schema{"type": []string{"array", "null"}, "items": s.of(t.Elem())}
	case reflect.Map:
		return schema{"type": []string{"object", "null"}, "additionalProperties": s.of(t.Elem())}
	case reflect.Interface:
		return schema{}
	case reflect.Struct:
		return s.object(t)
	default:
		return schema{"type": "integer"}
	}
}

// orNull lets a value be null.
func orNull(s schema) schema {
	if one, plain := s["type"].(string); plain {
		kept := schema{}
		for name, v := range s {
			kept[name] = v
		}
		kept["type"] = []string{one, "null"}
		return kept
	}
	if _, several := s["type"].([]string); several || len(s) == 0 {
		return s
	}
	return schema{"anyOf": []schema{s, {"type": "null"}}}
}

// object puts the schema of a struct under its name and refers to it.
func (s *schemas) object(t reflect.Type) schema {
	name, known := s.names[t]
	if !known {
		if name = t.Name(); name == "" {
			return s.body(t)
		}
		name = strings.NewReplacer("[", "_", "]", "", "*", "", "/", ".", ",", "_").Replace(strings.ToUpper(name[:1]) + name[1:])
		if _, taken := s.named[name]; taken {
			name = path.Base(t.PkgPath()) + "." + name
		}
		s.names[t], s.named[name] = name, nil
		s.named[name] = s.body(t)
	}
	return schema{"$ref": "#/components/schemas/" + name}
}

func (s *schemas) body(t reflect.Type) schema {
	properties, required := schema{}, []string{}
	s.fields(t, properties, &required)
	slices.Sort(required)
	body := schema{"type": "object", "properties": properties}
	if len(required) > 0 {
		body["required"] = slices.Compact(required)
	}
	if s.strict {
		body["additionalProperties"] = false
	}
	return body
}

// fields adds a struct's fields, those of embedded structs under its own.
func (s *schemas) fields(t reflect.Type, properties schema, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		inner := f.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch {
		case tag == "-" && options == "":
		case f.Anonymous && tag == "" && inner.Kind() == reflect.Struct:
			optional := required
			if f.Type.Kind() == reflect.Pointer {
				optional = &[]string{} // absent with the whole
			}
			s.fields(inner, properties, optional)
		case f.IsExported():
			if tag == "" {
				tag = f.Name
			}
			properties[tag] = s.of(f.Type)
			if !strings.Contains(options, "omit") {
				*required = append(*required, tag)
			}
		}
	}
}

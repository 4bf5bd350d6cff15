package clickhouse

import (
	"context"
	"regexp"
	"slices"
	"strings"
)

// What may be read is decided on the statement's tree as the engine itself parsed it (EXPLAIN AST, which runs nothing), by lists of
// what is allowed: kinds of nodes, functions, table functions, tables. readonly = 1 alone would let SELECT file('/etc/passwd'),
// DESCRIBE TABLE file(...), INTO OUTFILE and KILL QUERY through (tried on libchdb 26.7).

// allowed are the names that a reader's statement may hold, in lower letters.
type allowed struct {
	database  string
	functions map[string]bool
	aggregate map[string]bool
	tables    map[string]bool // of the record
	forbidden map[string]bool // other tables of the record's database, which `x IN name` would read too
}

// harmless are the engine's categories of functions that compute from their arguments and nothing else.
var harmless = []string{"Type Conversion", "Dates and Times", "Arrays", "String", "Geo", "Hash", "String Search", "JSON", "Mathematical", "URL", "Arithmetic",
	"Geo Polygon", "Map", "IP Address", "Comparison", "Tuple", "Distance", "Random Number", "Bitmap", "Encoding", "UUID", "Bit", "String Splitting",
	"String Replacement", "Null", "Rounding", "Time Window", "Conditional", "Financial", "Logical"}

// harmlessToo are functions of the category of everything else; lambda is a node of the tree and no function.
var harmlessToo = []string{"lambda", "bar", "byteSize", "countDigits", "currentDatabase", "currentUser", "displayName", "formatReadableDecimalSize",
	"formatReadableQuantity", "formatReadableSize", "formatReadableTimeDelta", "identity", "ignore", "isConstant", "materialize", "neighbor", "queryID",
	"rowNumberInAllBlocks", "rowNumberInBlock", "runningAccumulate", "runningDifference", "toColumnTypeName", "toTypeName", "transform", "uptime", "version",
	"visibleWidth", "defaultValueOfTypeName", "hostName", "caseWithExpression", "_CAST", "revision", "finalizeAggregation"}

// harmfulStill are functions of harmless categories that do more.
var harmfulStill = []string{"chdb", "formatRow", "formatRowNoNewline"}

var (
	tableFunctions = []string{"numbers", "generateseries", "generate_series", "values", "zeros", "one"}
	systemTables   = []string{"system.databases", "system.tables", "system.columns", "system.functions", "system.settings", "system.data_type_families",
		"system.formats", "system.one", "system.numbers", "system.table_engines", "system.aggregate_function_combinators", "system.time_zones",
		"information_schema.tables", "information_schema.columns", "information_schema.schemata"}
	combinators = []string{"SimpleState", "MergeState", "State", "Merge", "ForEach", "Distinct", "OrDefault", "OrNull", "Resample", "ArgMin", "ArgMax", "Array", "Map", "If"}
	// nodes are the kinds of nodes of statements that read. Transformers of columns (APPLY) are none: they name functions out of sight.
	nodes = []string{"SelectWithUnionQuery", "SelectIntersectExceptQuery", "ExpressionList", "SelectQuery", "Asterisk", "QualifiedAsterisk", "TablesInSelectQuery",
		"TablesInSelectQueryElement", "TableExpression", "TableJoin", "ArrayJoin", "Literal", "Subquery", "WithElement", "OrderByElement", "WindowDefinition",
		"WindowListElement", "Set", "QueryParameter", "SampleRatio", "ShowTables", "DescribeQuery", "ExistsTableQuery", "ExistsDatabaseQuery"}
	opening = regexp.MustCompile(`(?i)^(?:SELECT|WITH|\(|SHOW\s+(?:TABLES|DATABASES)|DESC|DESCRIBE|EXISTS)\b|^\(`)
	// outside are words that lead out of the statement; that a harmless text holds one of them is its bad luck.
	outside = regexp.MustCompile(`(?i)OUTFILE|INFILE|:\s*Identifier`)
	node    = regexp.MustCompile(`^( *)([A-Za-z]+)(?: +(.*?))?(?: \(alias .*\))?(?: \(children \d+\))?$`)
	bare    = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	dotted  = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?$`)
)

func (e *engine) allowed(ctx context.Context, database string, tables []string) (*allowed, error) {
	a := &allowed{database: strings.ToLower(database), functions: map[string]bool{}, aggregate: map[string]bool{}, tables: map[string]bool{}, forbidden: map[string]bool{}}
	list := func(names []string) string {
		quoted := make([]string, len(names))
		for i, name := range names {
			quoted[i] = quoteText(name)
		}
		return strings.Join(quoted, ", ")
	}
	out, err := e.query(ctx, "SELECT lower(f.name), f.is_aggregate FROM system.functions AS f LEFT JOIN system.functions AS o ON o.name = f.alias_to "+
		"WHERE f.origin = 'System' AND if(f.alias_to = '', f.name, f.alias_to) NOT IN ("+list(harmfulStill)+") AND (f.is_aggregate OR f.categories IN ("+list(harmless)+
		") OR if(f.alias_to = '', f.name, f.alias_to) IN ("+list(harmlessToo)+") OR f.alias_to != '' AND o.categories IN ("+list(harmless)+"))")
	if err != nil {
		return nil, err
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		name, aggregate, _ := strings.Cut(line, "\t")
		a.functions[name] = true
		if aggregate == "1" {
			a.aggregate[name] = true
		}
	}
	a.functions["lambda"] = true
	for _, name := range tables {
		a.tables[strings.ToLower(name)] = true
	}
	if out, err = e.query(ctx, "SELECT lower(name) FROM system.tables WHERE database = "+quoteText(database)); err != nil {
		return nil, err
	}
	for _, name := range strings.Fields(string(out)) {
		if !a.tables[name] {
			a.forbidden[name] = true
		}
	}
	return a, nil
}

// check refuses a statement that does anything but read what may be read.
func (e *engine) check(ctx context.Context, a *allowed, asked request) error {
	if outside.MatchString(asked.sql) || !opening.MatchString(strings.TrimSpace(stripComments(asked.sql))) {
		return refused("Only SELECT, SHOW TABLES, DESCRIBE and EXISTS are answered here")
	}
	tree := asked
	tree.id, tree.sql, tree.format = newStatementID(""), "EXPLAIN AST "+asked.sql, "TSVRaw"
	s, err := e.pool.acquire(ctx, tree.database, tree.settings)
	if err != nil {
		return err
	}
	out, err := s.run(tree.marked(), tree.format, tree.params)
	s.spoiled = s.spoiled || err != nil
	e.pool.release(s)
	if err != nil {
		return err
	}
	return a.tree(string(out))
}

// stripComments takes comments off the head of a statement.
func stripComments(sql string) string {
	for {
		sql = strings.TrimSpace(sql)
		switch {
		case strings.HasPrefix(sql, "--"), strings.HasPrefix(sql, "#"):
			_, sql, _ = strings.Cut(sql, "\n")
		case strings.HasPrefix(sql, "/*"):
			_, sql, _ = strings.Cut(sql, "*/")
		default:
			return sql
		}
	}
}

// tree walks the tree's lines. A line that cannot be read is refused: a name with a line break in it could hide others.
func (a *allowed) tree(text string) error {
	above := []string{}
	var read []string
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		m := node.FindStringSubmatch(line)
		if m == nil {
			return refused("The statement cannot be checked")
		}
		depth, kind, name := len(m[1]), m[2], m[3]
		above = append(above[:min(depth, len(above))], kind)
		parent := ""
		if len(above) > 1 {
			parent = above[len(above)-2]
		}
		switch kind {
		case "Function":
			if err := a.function(name, parent == "TableExpression"); err != nil {
				return err
			}
		case "TableIdentifier":
			read = append(read, name)
		case "Identifier":
			// `x IN name` reads a table that no node calls one.
			if last := strings.ToLower(name[strings.LastIndex(name, ".")+1:]); a.forbidden[last] {
				return refused("The table " + last + " is not to be read here")
			}
		default:
			if !slices.Contains(nodes, kind) {
				return refused("Statements with " + kind + " are not answered here")
			}
		}
	}
	for _, name := range read {
		if err := a.table(name); err != nil {
			return err
		}
	}
	return nil
}

func (a *allowed) function(name string, table bool) error {
	lower := strings.ToLower(name)
	if !bare.MatchString(name) {
		return refused("The statement cannot be checked")
	}
	if table {
		if slices.Contains(tableFunctions, lower) || a.tables[lower] {
			return nil
		}
		return refused("The table function " + name + " is not allowed here")
	}
	if a.functions[lower] || a.combined(name) {
		return nil
	}
	return refused("The function " + name + " is not allowed here")
}

// combined reports whether a name is that of an aggregate function with combinators, such as sumIf.
func (a *allowed) combined(name string) bool {
	for _, c := range combinators {
		if inner, found := strings.CutSuffix(name, c); found && (a.aggregate[strings.ToLower(inner)] || a.combined(inner)) {
			return true
		}
	}
	return false
}

func (a *allowed) table(name string) error {
	lower := strings.ToLower(name)
	if !dotted.MatchString(name) {
		return refused("The statement cannot be checked")
	}
	if slices.Contains(systemTables, lower) {
		return nil
	}
	own := strings.TrimPrefix(lower, a.database+".")
	if strings.Contains(own, ".") || a.forbidden[own] {
		return refused("The table " + name + " is not to be read here")
	}
	return nil // one of the record's, one that WITH names, or none at all, which the engine says
}

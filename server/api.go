package server

import (
	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ingest"
	"taizhang/ledger"
)

// described is what the route of a name takes beside the parts of its path and answers as JSON: the document of /api/openapi and
// docs/api.md are made of it and of the route table. Words are those of queryWords, between blanks.
type described struct {
	Takes   string
	Answers []any // a zero value of the type; several where a word of the address decides
	Fields  bool  // it takes the fields of a dataset too, each as a word

	// Of a POST, which answers in JSON to whoever sends Accept: application/json.
	Sends string // the words of its form; "file" makes it one of files

	Statuses []string // 200 when empty
}

// clockWords are the words of every page of figures.
const clockWords = "area asof known lang"

// api describes every route that answers in JSON, by the name of the route.
var api = map[string]described{
	"cockpit":      {Takes: clockWords + " year basis", Answers: []any{analytics.CockpitAnswer{}}},
	"screen":       {Takes: clockWords + " year basis", Answers: []any{analytics.CockpitAnswer{}}},
	"tax":          {Takes: clockWords + " year basis month building industry", Answers: []any{analytics.TaxAnswer{}}},
	"projects":     {Takes: clockWords + " light leader section category stage text", Answers: []any{analytics.ProjectsAnswer{}}},
	"project":      {Takes: clockWords + " baseline", Answers: []any{analytics.ProjectAnswer{}}},
	"leaders":      {Takes: clockWords, Answers: []any{analytics.LeadersAnswer{}}},
	"leader":       {Takes: clockWords, Answers: []any{analytics.LeaderAnswer{}}},
	"schedule":     {Takes: clockWords + " project days baseline", Answers: []any{analytics.ScheduleAnswer{}, analytics.PlanAnswer{}}},
	"resettlement": {Takes: clockWords, Answers: []any{analytics.ResettlementAnswer{}}},
	"buildings":    {Takes: clockWords + " year basis circle tier text sort since reason part", Answers: []any{analytics.BuildingsAnswer{}}},
	"building":     {Takes: clockWords + " year basis since part", Answers: []any{analytics.BuildingAnswer{}}},
	"investment":   {Takes: clockWords + " year stage text", Answers: []any{analytics.InvestmentAnswer{}}},
	"services":     {Takes: clockWords + " state department text", Answers: []any{analytics.ServicesAnswer{}}},
	"indicators":   {Takes: clockWords + " year indicator", Answers: []any{analytics.IndicatorsAnswer{}}},
	"grid":         {Takes: clockWords + " community", Answers: []any{analytics.GridsAnswer{}}},
	"enforcement":  {Takes: clockWords + " counter", Answers: []any{analytics.EnforcementAnswer{}}},
	"catalogue":    {Takes: clockWords, Answers: []any{analytics.CatalogueAnswer{}}},
	"alerts":       {Takes: clockWords, Answers: []any{analytics.AlertsAnswer{}}},
	"areas":        {Takes: clockWords + " year basis by", Answers: []any{analytics.AreasAnswer{}}},
	"meeting":      {Takes: clockWords + " date", Answers: []any{analytics.MeetingAnswer{}}},
	"meetings":     {Takes: clockWords, Answers: []any{analytics.MeetingsAnswer{}}},
	"briefing":     {Takes: clockWords + " meeting", Answers: []any{analytics.Briefing{}}},
	"actions":      {Takes: clockWords + " year state owner project", Answers: []any{analytics.ActionsAnswer{}}},
	"action":       {Takes: clockWords, Answers: []any{analytics.ActionAnswer{}}},
	"patrols":      {Takes: clockWords + " days grid community type state text", Answers: []any{analytics.PatrolsAnswer{}}},
	"patrol":       {Takes: clockWords, Answers: []any{analytics.PatrolAnswer{}}},
	"cases":        {Takes: clockWords + " year state channel unit grid text", Answers: []any{analytics.CasesAnswer{}}},
	"case":         {Takes: clockWords, Answers: []any{analytics.CaseAnswer{}}},
	"scores":       {Takes: clockWords + " year month kind", Answers: []any{analytics.ScoresAnswer{}}},
	"draw":         {Takes: clockWords, Answers: []any{analytics.DrawAnswer{}}},
	"changes":      {Takes: clockWords + " dataset from to known_from by", Answers: []any{analytics.ChangesAnswer{}}, Fields: true},
	"source":       {Takes: clockWords + " dataset key", Answers: []any{lineage{}, standingAnswer{}}, Fields: true},

	"briefing.kept":      {Takes: "area lang", Answers: []any{keptState{}}},
	"account":            {Takes: "lang", Answers: []any{accountAnswer{}}},
	"people":             {Takes: "lang", Answers: []any{peopleAnswer{}}},
	"audit":              {Takes: "lang who action from to text", Answers: []any{auditAnswer{}}},
	"backups":            {Takes: "lang", Answers: []any{backupsAnswer{}}},
	"exports.job":        {Takes: "area lang", Answers: []any{exportView{}}},
	"imports":            {Takes: clockWords, Answers: []any{importsAnswer{}}},
	"imports.batch":      {Takes: "area lang", Answers: []any{batchAnswer{}}},
	"imports.preview":    {Takes: "area lang dataset asof mode", Statuses: []string{"200", "202"}, Answers: []any{preview{}, taskView{}}},
	"imports.jobs":       {Takes: "area lang", Answers: []any{jobsAnswer{}}},
	"imports.job":        {Takes: "area lang", Answers: []any{taskView{}}},
	"records.new":        {Takes: clockWords, Answers: []any{formJSON{}}, Fields: true},
	"records.edit":       {Takes: clockWords + " key day", Answers: []any{formJSON{}}},
	"imports.upload":     {Takes: "area lang", Sends: "file dataset asof", Statuses: []string{"201"}, Answers: []any{uploadAnswer{}}},
	"patrols.add":        {Takes: "area lang", Sends: "photo found day time grid issue_type issue place unit handed_to due clause addressee note by", Statuses: []string{"201", "422"}, Answers: []any{patrolSaved{}}},
	"patrol.move":        {Takes: "area lang", Sends: "photo move version day by issue_type issue place unit handed_to due measure return_reason comment", Answers: []any{patrolSaved{}}},
	"imports.commit":     {Takes: "area lang", Sends: "hash good_rows dataset asof mode", Statuses: []string{"200", "202", "422"}, Answers: []any{ingest.Outcome{}, taskView{}}},
	"imports.undo":       {Takes: "area lang", Sends: "reason", Answers: []any{undone{}}},
	"imports.job.cancel": {Takes: "area lang", Answers: []any{taskView{}}},
	"exports.job.cancel": {Takes: "area lang", Answers: []any{exportView{}}},
	"health":             {Answers: []any{healthAnswer{}}},
	"api.openapi":        {Takes: "lang", Answers: []any{schema{}}},
}

// queryWord is a word of an address: what it may say. Its meaning is api.word.NAME of the catalogue.
type queryWord struct {
	Type   string // of JSON Schema
	Format string
	Enum   []string
}

// queryWords are the words that addresses of the API take.
var queryWords = map[string]queryWord{
	"area": {Type: "string"}, "asof": {Type: "string", Format: "date"}, "known": {Type: "string"}, "lang": {Type: "string", Enum: []string{"zh", "en"}},
	"year": {Type: "integer"}, "month": {Type: "string"}, "basis": {Type: "string"}, "building": {Type: "string"}, "industry": {Type: "string"},
	"light": {Type: "string", Enum: []string{"red", "yellow", "green", "grey"}}, "leader": {Type: "string"}, "section": {Type: "string"}, "category": {Type: "string"},
	"stage": {Type: "string"}, "text": {Type: "string"}, "baseline": {Type: "string"}, "project": {Type: "string"}, "days": {Type: "string"},
	"circle": {Type: "string"}, "tier": {Type: "string"}, "sort": {Type: "string"}, "since": {Type: "string", Format: "date"}, "reason": {Type: "string"}, "part": {Type: "string"},
	"who": {Type: "string"}, "action": {Type: "string"}, "meeting": {Type: "string", Format: "date"}, "state": {Type: "string"}, "department": {Type: "string"}, "indicator": {Type: "string"}, "by": {Type: "string"}, "date": {Type: "string", Format: "date"},
	communityWord: {Type: "string"}, counterWord: {Type: "string"},
	"owner": {Type: "string"}, "dataset": {Type: "string", Enum: ledger.Names()}, "from": {Type: "string", Format: "date"}, "to": {Type: "string", Format: "date"},
	"known_from": {Type: "string"}, "key": {Type: "string"}, "day": {Type: "string", Format: "date"}, "mode": {Type: "string", Enum: []string{"update", string(ingest.Replace), string(ingest.ReplaceScope)}},
	"chart": {Type: "string"}, "theme": {Type: "string", Enum: charts.ThemeNames()}, "width": {Type: "integer"}, "height": {Type: "integer"}, "scale": {Type: "integer"},
	cardWord: {Type: "string"},

	"grid": {Type: "string"}, "type": {Type: "string"},
	photoPart: {Type: "string"}, "found": {Type: "string"}, "time": {Type: "string"}, "issue_type": {Type: "string"}, "issue": {Type: "string"}, "place": {Type: "string"}, "unit": {Type: "string"},
	"handed_to": {Type: "string"}, "due": {Type: "string", Format: "date"}, "clause": {Type: "string"}, "addressee": {Type: "string"}, "note": {Type: "string"}, "move": {Type: "string"},
	"version": {Type: "string"}, "measure": {Type: "string"}, "return_reason": {Type: "string"}, "comment": {Type: "string"},

	"channel": {Type: "string"}, "kind": {Type: "string", Enum: ledger.ScoredKinds},
	"file": {Type: "string"}, "hash": {Type: "string"}, "good_rows": {Type: "boolean"},
}

// formatWords are the words that a format takes beside those of its page.
var formatWords = map[string]string{"svg": "chart theme width height", "png": "chart theme width height scale", bookFormat: cardWord}

// mediaTypes are what the formats are called in HTTP.
var mediaTypes = map[string]string{
	"json": "application/json", "csv": "text/csv", "sql": "text/plain", "svg": "image/svg+xml", "png": "image/png", bookFormat: bookType,
	docxFormat: paperTypes[docxFormat], pdfFormat: paperTypes[pdfFormat],
}

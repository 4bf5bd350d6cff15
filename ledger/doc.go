// Package ledger is the record: what a sheet of the office is (the dataset
// declarations), the append-only tables made from them, batches and their
// commit rows, reads as of a day and as known at a moment, lineage and undo.
//
// ingest, analytics and server import it; it imports none of them. It is given
// a driver.Conn and does not know whether an embedded engine or a server
// answers.
package ledger

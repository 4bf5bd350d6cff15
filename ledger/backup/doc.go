// Package backup keeps the whole record as a folder of files that stands for one moment, brings such a folder back into an empty
// database, and carries a record from one database to another. Only server imports it.
//
// A backup is a folder of one file a table (ClickHouse's Native blocks under zstd), manifest.json and SHA256SUMS, which
// `sha256sum -c` reads too. It is written under a name that begins with a dot and renamed when all of it is on the disk, so what
// bears a backup's name is whole.
//
// # One moment
//
// The engine's own BACKUP statement takes each table at a time of its own, so an import that commits meanwhile may be there without
// its rows. Here the record time of the last event is read first; then come the events up to it and the rows of the batches
// committed by then, which nobody changes any more. Rows of unfinished and broken-off imports stay behind. It asks nothing of the
// database but SELECT, so it is the same for the embedded engine and for a server, and a backup of one can be brought back into the other.
package backup

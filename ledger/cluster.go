package ledger

import (
	"fmt"
	"strings"
)

// localSuffix ends the names of the tables that hold a shard's rows of a dataset.
const localSuffix = "_local"

// ClusterDDL are the statements that make the record's tables and views on a cluster, from the same declarations as on one machine.
//
// A sub-district's rows stand on one shard (sharded by area, which every question names), each shard on its replicas. The small
// tables beside the datasets, first of all the events that make batches visible, are replicated to every machine, so that each
// shard judges by its own copy which rows count.
func ClusterDDL(cluster string) ([]string, error) {
	if !plainName(cluster) {
		return nil, fmt.Errorf("the name of a cluster is letters, digits and _: %q", cluster)
	}
	var list []string
	for _, ddl := range ownTables {
		table := declared(ddl).table
		// One path for all shards: each machine is a replica of the same table.
		list = append(list, replicated(ddl, table, table, cluster, "all", "{shard}-{replica}"))
	}
	for _, d := range All {
		local := d.Name + localSuffix
		list = append(list, replicated(d.TableDDL(), d.Name, local, cluster, "{shard}", "{replica}"),
			fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s ON CLUSTER %s AS %s ENGINE = Distributed(%s, currentDatabase(), %s, cityHash64(area))", d.Name, cluster, local, cluster, local))
	}
	for _, v := range Views() {
		list = append(list, strings.Replace(v.DDL, v.Name+" AS", v.Name+" ON CLUSTER "+cluster+" AS", 1))
	}
	list = append(list, fmt.Sprintf("INSERT INTO schema_versions VALUES (%d, now64(3))", schemaVersion))
	return list, nil
}

// replicated turns a table of one machine into a replicated one under a name.
func replicated(ddl, table, name, cluster, shard, replica string) string {
	ddl = strings.Replace(ddl, "CREATE TABLE IF NOT EXISTS "+table+" ", "CREATE TABLE IF NOT EXISTS "+name+" ON CLUSTER "+cluster+" ", 1)
	return strings.Replace(ddl, "ENGINE = MergeTree ", fmt.Sprintf("ENGINE = ReplicatedMergeTree('/clickhouse/tables/%s/{database}/%s', '%s') ", shard, name, replica), 1)
}

func plainName(s string) bool {
	for i, r := range s {
		if !(r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || i > 0 && r >= '0' && r <= '9') {
			return false
		}
	}
	return s != ""
}

// DDL are the statements that make the record's tables and views on one machine.
func DDL() []string {
	list := tableDDL()
	for _, v := range Views() {
		list = append(list, v.DDL)
	}
	return list
}

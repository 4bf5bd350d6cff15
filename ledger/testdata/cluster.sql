CREATE TABLE IF NOT EXISTS batches ON CLUSTER district (
		batch UInt64, event LowCardinality(String), at DateTime64(3, 'UTC'), by String, kind LowCardinality(String),
		file String, hash String, size UInt64, asof Nullable(Date32), mode LowCardinality(String),
		rows Map(LowCardinality(String), UInt64), effective_from Nullable(Date32), effective_to Nullable(Date32), reason String,
		area LowCardinality(String)
	) ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/{database}/batches', '{shard}-{replica}') ORDER BY (batch, event, at) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS sources ON CLUSTER district (
		batch UInt64, source UInt32, dataset LowCardinality(String), sheet String, header_row UInt32,
		fields Array(LowCardinality(String)), columns Array(String)
	) ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/{database}/sources', '{shard}-{replica}') ORDER BY (batch, source) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS problems ON CLUSTER district (
		batch UInt64, no UInt32, severity LowCardinality(String), dataset LowCardinality(String), sheet String, cell String,
		column String, kind LowCardinality(String), found String, expected String, message_zh String, message_en String
	) ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/{database}/problems', '{shard}-{replica}') ORDER BY (batch, no) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS files ON CLUSTER district (
		hash String, part UInt32, batch UInt64, content String CODEC(ZSTD)
	) ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/{database}/files', '{shard}-{replica}') ORDER BY (hash, batch, part) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS mappings ON CLUSTER district (
	no UInt64, batch UInt64, event LowCardinality(String), at DateTime64(3, 'UTC'), by String, shape String,
	dataset LowCardinality(String), sheet String, mapping String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/{database}/mappings', '{shard}-{replica}') ORDER BY (shape, no) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS replaced ON CLUSTER district (
		dataset LowCardinality(String), batch UInt64, line UInt32, by UInt64, since Date32
	) ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/{database}/replaced', '{shard}-{replica}') ORDER BY (dataset, batch, line, by) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS tax_sums ON CLUSTER district (
		area LowCardinality(String), by UInt64, batch UInt64, line UInt32, since Date32, effective Date32, basis LowCardinality(String), tax_type LowCardinality(String),
		building_id UInt64, period Date32, period_months Int64, rows UInt64, said UInt64, yuan Decimal(38, 4)
	) ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/{database}/tax_sums', '{shard}-{replica}') ORDER BY (area, by, batch, line, effective, basis, tax_type, building_id, period, period_months) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS accounts ON CLUSTER district (
	no UInt64, name String, at DateTime64(3, 'UTC'), by String, person String, roles Array(LowCardinality(String)), areas Array(String),
	own_only Bool, disabled Bool, hash String, password_at DateTime64(3, 'UTC'), once Bool,
	sso_name String, sso_only Bool, sso_issuer String, sso_subject String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/{database}/accounts', '{shard}-{replica}') ORDER BY (name, no) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS sessions ON CLUSTER district (
	id String, event LowCardinality(String), at DateTime64(3, 'UTC'), account String, address String, agent String, way LowCardinality(String)
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/{database}/sessions', '{shard}-{replica}') ORDER BY (id, at) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS audit ON CLUSTER district (
	at DateTime64(3, 'UTC'), request String, account String, person String, address String, action LowCardinality(String),
	route LowCardinality(String), subject String, status UInt16, area LowCardinality(String), detail String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/{database}/audit', '{shard}-{replica}') ORDER BY (at, request) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS schema_versions ON CLUSTER district (
		version UInt32, at DateTime64(3, 'UTC')
	) ENGINE = ReplicatedMergeTree('/clickhouse/tables/all/{database}/schema_versions', '{shard}-{replica}') ORDER BY version SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS projects_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	project String,
	project_key String,
	category LowCardinality(String),
	leaders Array(String),
	section String,
	partners String,
	contact String,
	phone String,
	total_investment_yuan Nullable(Decimal(18, 4)),
	year_plan_yuan Nullable(Decimal(18, 4)),
	month_done_yuan Nullable(Decimal(18, 4)),
	year_to_date_yuan Nullable(Decimal(18, 4)),
	since_start_yuan Nullable(Decimal(18, 4)),
	plan_start Nullable(Date32),
	actual_start Nullable(Date32),
	plan_finish Nullable(Date32),
	actual_finish Nullable(Date32),
	stage LowCardinality(String),
	progress String,
	percent Nullable(Decimal(18, 6)),
	problem String,
	coordination String,
	next_step String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/projects_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS projects ON CLUSTER district AS projects_local ENGINE = Distributed(district, currentDatabase(), projects_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS milestones_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	project String,
	project_key String,
	node_no String,
	node String,
	node_key String,
	plan_version String,
	duration_days Nullable(Int64),
	day_kind LowCardinality(String),
	predecessors String,
	plan_start Nullable(Date32),
	plan_finish Nullable(Date32),
	actual_start Nullable(Date32),
	actual_finish Nullable(Date32),
	forecast_finish Nullable(Date32),
	deadline Nullable(Date32),
	latest_finish Nullable(Date32),
	owner String,
	weight Nullable(Decimal(28, 6)),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/milestones_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS milestones ON CLUSTER district AS milestones_local ENGINE = Distributed(district, currentDatabase(), milestones_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS progress_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	project String,
	project_key String,
	report_date Nullable(Date32),
	progress String,
	percent Nullable(Decimal(18, 6)),
	week_investment_yuan Nullable(Decimal(18, 4)),
	cumulative_investment_yuan Nullable(Decimal(18, 4)),
	problem String,
	coordination String,
	next_step String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/progress_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS progress ON CLUSTER district AS progress_local ENGINE = Distributed(district, currentDatabase(), progress_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS resettlement_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	village String,
	village_key String,
	block String,
	block_key String,
	building String,
	building_key String,
	households Nullable(Int64),
	total_units Nullable(Int64),
	total_area_m2 Nullable(Decimal(18, 4)),
	started_units Nullable(Int64),
	started_area_m2 Nullable(Decimal(18, 4)),
	completed_units Nullable(Int64),
	completed_area_m2 Nullable(Decimal(18, 4)),
	delivered_units Nullable(Int64),
	delivered_area_m2 Nullable(Decimal(18, 4)),
	delivered_percent Nullable(Decimal(18, 6)),
	rehoused Nullable(Int64),
	plan_delivery Nullable(Date32),
	actual_delivery Nullable(Date32),
	published_units Nullable(Int64),
	published_area_m2 Nullable(Decimal(18, 4)),
	published_percent Nullable(Decimal(18, 6)),
	percent_basis LowCardinality(String),
	published_by String,
	published_on Nullable(Date32),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/resettlement_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS resettlement ON CLUSTER district AS resettlement_local ENGINE = Distributed(district, currentDatabase(), resettlement_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS buildings_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	building String,
	building_key String,
	district String,
	address String,
	kind LowCardinality(String),
	grade LowCardinality(String),
	gross_area_m2 Nullable(Decimal(18, 4)),
	office_area_m2 Nullable(Decimal(18, 4)),
	lettable_area_m2 Nullable(Decimal(18, 4)),
	let_area_m2 Nullable(Decimal(18, 4)),
	self_used_m2 Nullable(Decimal(18, 4)),
	vacant_area_m2 Nullable(Decimal(18, 4)),
	floors String,
	manager String,
	owner String,
	parking Nullable(Int64),
	rent String,
	warden String,
	opened Nullable(Date32),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/buildings_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS buildings ON CLUSTER district AS buildings_local ENGINE = Distributed(district, currentDatabase(), buildings_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS tenants_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	building String,
	building_key String,
	floor String,
	room String,
	tenant String,
	tenant_key String,
	uscc String,
	uscc_key String DEFAULT multiIf(match(uscc, '^[0-9A-Z]{8}[0-9X]$'), uscc, match(uscc, '^[0-9A-HJ-NP-RTUW-Y]{18}$') AND ((31 - (arraySum(i -> ([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28][i] * (position('0123456789ABCDEFGHJKLMNPQRTUWXY', substring(uscc, i, 1)) - 1)), range(1, 18)) % 31)) % 31) = (position('0123456789ABCDEFGHJKLMNPQRTUWXY', substring(uscc, 18, 1)) - 1), substring(uscc, 9, 9), ''),
	industry LowCardinality(String),
	let_area_m2 Nullable(Decimal(18, 4)),
	lease_from Nullable(Date32),
	lease_to Nullable(Date32),
	rent String,
	registered Nullable(Bool),
	local_tax Nullable(Bool),
	headquarters LowCardinality(String),
	employees Nullable(Int64),
	legal_person String,
	registered_capital String,
	registered_at String,
	taxed_at String,
	contact String,
	phone String,
	moved_in Nullable(Date32),
	moved_out Nullable(Date32),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/tenants_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS tenants ON CLUSTER district AS tenants_local ENGINE = Distributed(district, currentDatabase(), tenants_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS tax_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	company String,
	company_key String,
	company_id UInt64 DEFAULT if(company_key = '', 0, cityHash64(company_key)),
	uscc String,
	uscc_key String DEFAULT multiIf(match(uscc, '^[0-9A-Z]{8}[0-9X]$'), uscc, match(uscc, '^[0-9A-HJ-NP-RTUW-Y]{18}$') AND ((31 - (arraySum(i -> ([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28][i] * (position('0123456789ABCDEFGHJKLMNPQRTUWXY', substring(uscc, i, 1)) - 1)), range(1, 18)) % 31)) % 31) = (position('0123456789ABCDEFGHJKLMNPQRTUWXY', substring(uscc, 18, 1)) - 1), substring(uscc, 9, 9), ''),
	uscc_id UInt64 DEFAULT if(uscc_key = '', 0, cityHash64(uscc_key)),
	building String,
	building_key String,
	building_id UInt64 DEFAULT if(building_key = '', 0, cityHash64(building_key)),
	industry LowCardinality(String),
	tax_type LowCardinality(String),
	period Nullable(Date32),
	period_months Nullable(Int64),
	basis LowCardinality(String),
	tax_yuan Nullable(Decimal(18, 4)),
	note String,
	INDEX company_ix company_id TYPE bloom_filter(0.0001) GRANULARITY 1,
	INDEX uscc_ix uscc_id TYPE bloom_filter(0.0001) GRANULARITY 1,
	INDEX building_ix building_id TYPE bloom_filter(0.0001) GRANULARITY 1
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/tax_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS tax ON CLUSTER district AS tax_local ENGINE = Distributed(district, currentDatabase(), tax_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS investment_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	project String,
	project_key String,
	investor String,
	origin String,
	industry LowCardinality(String),
	contract_amount Nullable(Decimal(18, 4)),
	currency LowCardinality(String),
	fund_source LowCardinality(String),
	paid_in_year_yuan Nullable(Decimal(18, 4)),
	paid_in_total_yuan Nullable(Decimal(18, 4)),
	stage LowCardinality(String),
	talks_on Nullable(Date32),
	intended_on Nullable(Date32),
	signed_on Nullable(Date32),
	registered_on Nullable(Date32),
	started_on Nullable(Date32),
	operating_on Nullable(Date32),
	agent String,
	building String,
	building_key String,
	lost_reason String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/investment_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS investment ON CLUSTER district AS investment_local ENGINE = Distributed(district, currentDatabase(), investment_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS indicators_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	indicator String,
	indicator_key String,
	period Nullable(Date32),
	period_months Nullable(Int64),
	value Nullable(Decimal(28, 6)),
	unit LowCardinality(String),
	basis LowCardinality(String),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/indicators_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS indicators ON CLUSTER district AS indicators_local ENGINE = Distributed(district, currentDatabase(), indicators_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS targets_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	indicator String,
	indicator_key String,
	scope String,
	scope_key String,
	year Nullable(Date32),
	target Nullable(Decimal(28, 6)),
	unit LowCardinality(String),
	basis LowCardinality(String),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/targets_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS targets ON CLUSTER district AS targets_local ENGINE = Distributed(district, currentDatabase(), targets_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS ranks_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	indicator String,
	indicator_key String,
	year Nullable(Date32),
	rank Nullable(Int64),
	population Nullable(Int64),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/ranks_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS ranks ON CLUSTER district AS ranks_local ENGINE = Distributed(district, currentDatabase(), ranks_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS actions_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	number String,
	meeting_date Nullable(Date32),
	project String,
	project_key String,
	item String,
	section String,
	owner String,
	due Nullable(Date32),
	status LowCardinality(String),
	closed_on Nullable(Date32),
	note String,
	proposer String,
	reporter String,
	confirmer String,
	result String,
	evidence String,
	done_percent Nullable(Decimal(18, 6)),
	shortfall String,
	return_reason String,
	reopened Nullable(Int64),
	reopen_reason String,
	escalation LowCardinality(String)
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/actions_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS actions ON CLUSTER district AS actions_local ENGINE = Distributed(district, currentDatabase(), actions_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS visits_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	date Nullable(Date32),
	leader String,
	leader_key String,
	project String,
	project_key String,
	minutes Nullable(Int64),
	found String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/visits_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS visits ON CLUSTER district AS visits_local ENGINE = Distributed(district, currentDatabase(), visits_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS services_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	number String,
	company String,
	company_key String,
	item String,
	accepted_on Nullable(Date32),
	promised_days Nullable(Int64),
	department String,
	finished_on Nullable(Date32),
	status LowCardinality(String),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/services_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS services ON CLUSTER district AS services_local ENGINE = Distributed(district, currentDatabase(), services_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS assignments_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	project String,
	project_key String,
	item String,
	leaders Array(String),
	section String,
	contact String,
	phone String,
	from Nullable(Date32),
	to Nullable(Date32),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/assignments_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS assignments ON CLUSTER district AS assignments_local ENGINE = Distributed(district, currentDatabase(), assignments_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS demolition_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	village String,
	village_key String,
	project String,
	project_key String,
	as_of Nullable(Date32),
	households_due Nullable(Int64),
	households_signed Nullable(Int64),
	households_vacated Nullable(Int64),
	households_demolished Nullable(Int64),
	area_due_m2 Nullable(Decimal(18, 4)),
	area_signed_m2 Nullable(Decimal(18, 4)),
	area_vacated_m2 Nullable(Decimal(18, 4)),
	area_demolished_m2 Nullable(Decimal(18, 4)),
	transition_fee_yuan Nullable(Decimal(18, 4)),
	signed_percent Nullable(Decimal(18, 6)),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/demolition_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS demolition ON CLUSTER district AS demolition_local ENGINE = Distributed(district, currentDatabase(), demolition_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS paid_in_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	project String,
	project_key String,
	payer String,
	period Nullable(Date32),
	period_months Nullable(Int64),
	paid_on Nullable(Date32),
	amount Nullable(Decimal(18, 4)),
	currency LowCardinality(String),
	fund_source LowCardinality(String),
	voucher String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/paid_in_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS paid_in ON CLUSTER district AS paid_in_local ENGINE = Distributed(district, currentDatabase(), paid_in_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS vacancies_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	building String,
	building_key String,
	floor String,
	room String,
	area_m2 Nullable(Decimal(18, 4)),
	since Nullable(Date32),
	asking_rent String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/vacancies_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS vacancies ON CLUSTER district AS vacancies_local ENGINE = Distributed(district, currentDatabase(), vacancies_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS calendar_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	date Nullable(Date32),
	kind LowCardinality(String),
	name String,
	name_key String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/calendar_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS calendar ON CLUSTER district AS calendar_local ENGINE = Distributed(district, currentDatabase(), calendar_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS issues_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	project String,
	project_key String,
	number String,
	found_on Nullable(Date32),
	issue String,
	kind LowCardinality(String),
	section String,
	owner String,
	measure String,
	due Nullable(Date32),
	status LowCardinality(String),
	resolved_on Nullable(Date32),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/issues_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS issues ON CLUSTER district AS issues_local ENGINE = Distributed(district, currentDatabase(), issues_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS baselines_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	project String,
	project_key String,
	number String,
	number_key String,
	approved_on Nullable(Date32),
	approved_by String,
	reason String,
	node_no String,
	node String,
	node_key String,
	start Nullable(Date32),
	finish Nullable(Date32),
	weight Nullable(Decimal(28, 6)),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/baselines_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS baselines ON CLUSTER district AS baselines_local ENGINE = Distributed(district, currentDatabase(), baselines_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS overrides_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	project String,
	project_key String,
	light LowCardinality(String),
	reason String,
	person String,
	from Nullable(Date32),
	until Nullable(Date32),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/overrides_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS overrides ON CLUSTER district AS overrides_local ENGINE = Distributed(district, currentDatabase(), overrides_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS meetings_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	meeting_date Nullable(Date32),
	held_at String,
	place String,
	chair String,
	present Array(String),
	status LowCardinality(String),
	previous Nullable(Date32),
	frozen_asof Nullable(Date32),
	frozen_known String,
	closed_by String,
	closed_at String,
	reopened Nullable(Int64),
	reopen_reason String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/meetings_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS meetings ON CLUSTER district AS meetings_local ENGINE = Distributed(district, currentDatabase(), meetings_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS minutes_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	meeting_date Nullable(Date32),
	no Nullable(Int64),
	topic String,
	topic_key String,
	said String,
	decision String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/minutes_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS minutes ON CLUSTER district AS minutes_local ENGINE = Distributed(district, currentDatabase(), minutes_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS acknowledgements_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	alert String,
	about String,
	figure Nullable(Decimal(28, 6)),
	severity LowCardinality(String),
	reason String,
	person String,
	from Nullable(Date32),
	until Nullable(Date32),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/acknowledgements_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS acknowledgements ON CLUSTER district AS acknowledgements_local ENGINE = Distributed(district, currentDatabase(), acknowledgements_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS rates_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	currency LowCardinality(String),
	date Nullable(Date32),
	rate_yuan Nullable(Decimal(28, 6)),
	per_units Nullable(Int64),
	published_by String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/rates_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS rates ON CLUSTER district AS rates_local ENGINE = Distributed(district, currentDatabase(), rates_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS curves_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	indicator String,
	indicator_key String,
	year Nullable(Date32),
	basis LowCardinality(String),
	through_01 Nullable(Decimal(18, 6)),
	through_02 Nullable(Decimal(18, 6)),
	through_03 Nullable(Decimal(18, 6)),
	through_04 Nullable(Decimal(18, 6)),
	through_05 Nullable(Decimal(18, 6)),
	through_06 Nullable(Decimal(18, 6)),
	through_07 Nullable(Decimal(18, 6)),
	through_08 Nullable(Decimal(18, 6)),
	through_09 Nullable(Decimal(18, 6)),
	through_10 Nullable(Decimal(18, 6)),
	through_11 Nullable(Decimal(18, 6)),
	through_12 Nullable(Decimal(18, 6)),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/curves_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS curves ON CLUSTER district AS curves_local ENGINE = Distributed(district, currentDatabase(), curves_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS grids_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	grid String,
	grid_key String,
	code String,
	kind LowCardinality(String),
	community String,
	community_key String,
	bounds String,
	area_m2 Nullable(Decimal(18, 4)),
	households Nullable(Int64),
	residents Nullable(Int64),
	floating Nullable(Int64),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/grids_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS grids ON CLUSTER district AS grids_local ENGINE = Distributed(district, currentDatabase(), grids_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS grid_owners_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	level LowCardinality(String),
	owner String,
	owner_key String,
	post String,
	community String,
	community_key String,
	grid String,
	grid_key String,
	phone String,
	from Nullable(Date32),
	to Nullable(Date32),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/grid_owners_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS grid_owners ON CLUSTER district AS grid_owners_local ENGINE = Distributed(district, currentDatabase(), grid_owners_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS grid_forces_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	force String,
	force_key String,
	community String,
	community_key String,
	heads Nullable(Int64),
	unit_of String,
	duty String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/grid_forces_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS grid_forces ON CLUSTER district AS grid_forces_local ENGINE = Distributed(district, currentDatabase(), grid_forces_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS enforcement_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	group LowCardinality(String),
	counter String,
	counter_key String,
	as_of Nullable(Date32),
	counted LowCardinality(String),
	value Nullable(Decimal(28, 6)),
	unit LowCardinality(String),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/enforcement_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS enforcement ON CLUSTER district AS enforcement_local ENGINE = Distributed(district, currentDatabase(), enforcement_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS enforcement_rules_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	total String,
	total_key String,
	part String,
	part_key String,
	tolerance Nullable(Decimal(28, 6)),
	unit LowCardinality(String),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/enforcement_rules_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS enforcement_rules ON CLUSTER district AS enforcement_rules_local ENGINE = Distributed(district, currentDatabase(), enforcement_rules_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS enforcement_lines_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	lines_counter String,
	lines_counter_key String,
	quantity_counter String,
	quantity_counter_key String,
	name String,
	name_key String,
	community String,
	community_key String,
	grid String,
	grid_key String,
	quantity Nullable(Int64),
	address String,
	charge String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/enforcement_lines_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS enforcement_lines ON CLUSTER district AS enforcement_lines_local ENGINE = Distributed(district, currentDatabase(), enforcement_lines_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS patrols_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	number String,
	day Nullable(Date32),
	time String,
	community String,
	community_key String,
	grid String,
	grid_key String,
	issue_type LowCardinality(String),
	issue String,
	place String,
	place_key String,
	found_by String,
	unit String,
	handed_to String,
	due Nullable(Date32),
	handed_on Nullable(Date32),
	mended_on Nullable(Date32),
	measure String,
	checked_on Nullable(Date32),
	checker String,
	result LowCardinality(String),
	return_reason String,
	returned Nullable(Int64),
	status LowCardinality(String),
	photos_before String,
	photos_after String,
	clause String,
	addressee String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/patrols_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS patrols ON CLUSTER district AS patrols_local ENGINE = Distributed(district, currentDatabase(), patrols_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS patrol_types_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	issue_type String,
	issue_type_key String,
	group LowCardinality(String),
	clause String,
	days Nullable(Int64),
	unit String,
	no Nullable(Int64),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/patrol_types_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS patrol_types ON CLUSTER district AS patrol_types_local ENGINE = Distributed(district, currentDatabase(), patrol_types_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS cases_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	number String,
	channel LowCardinality(String),
	received_on Nullable(Date32),
	accepted_on Nullable(Date32),
	subject String,
	category LowCardinality(String),
	place String,
	grid String,
	grid_key String,
	unit String,
	unit_key String,
	assigned_on Nullable(Date32),
	due Nullable(Date32),
	postponed_until Nullable(Date32),
	postpone_reason String,
	fed_back_on Nullable(Date32),
	reply String,
	closed_on Nullable(Date32),
	status LowCardinality(String),
	complainant String,
	phone String,
	send_back_reason String,
	reopened Nullable(Int64),
	reopen_reason String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/cases_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS cases ON CLUSTER district AS cases_local ENGINE = Distributed(district, currentDatabase(), cases_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS roster_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	kind LowCardinality(String),
	subject String,
	subject_key String,
	unit String,
	post String,
	from Nullable(Date32),
	to Nullable(Date32),
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/roster_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS roster ON CLUSTER district AS roster_local ENGINE = Distributed(district, currentDatabase(), roster_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS draws_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	drawn_on Nullable(Date32),
	kind LowCardinality(String),
	seed String,
	algorithm String,
	list_digest String,
	names String,
	list_count Nullable(Int64),
	drawn_count Nullable(Int64),
	result String,
	drawn_by String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/draws_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS draws ON CLUSTER district AS draws_local ENGINE = Distributed(district, currentDatabase(), draws_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS scores_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	scored_on Nullable(Date32),
	kind LowCardinality(String),
	subject String,
	subject_key String,
	item String,
	item_key String,
	weight Nullable(Decimal(28, 6)),
	max Nullable(Decimal(28, 6)),
	score Nullable(Decimal(28, 6)),
	scorer String,
	reason String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/scores_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS scores ON CLUSTER district AS scores_local ENGINE = Distributed(district, currentDatabase(), scores_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS sanctions_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	decided_on Nullable(Date32),
	person String,
	person_key String,
	measure LowCardinality(String),
	reason String,
	grid String,
	grid_key String,
	amount_yuan Nullable(Decimal(18, 4)),
	decided_by String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/sanctions_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS sanctions ON CLUSTER district AS sanctions_local ENGINE = Distributed(district, currentDatabase(), sanctions_local, cityHash64(area));

CREATE TABLE IF NOT EXISTS appraisals_local ON CLUSTER district (
	batch UInt64,
	line UInt32,
	key String,
	area LowCardinality(String),
	effective Date32,
	deleted Bool,
	source UInt32,
	sheet_row UInt32,
	rows Array(UInt32),
	raw Array(String),
	marks Map(LowCardinality(String), LowCardinality(String)),
	appraised String,
	appraised_key String,
	topic String,
	topic_key String,
	period Nullable(Date32),
	period_months Nullable(Int64),
	published_score Nullable(Decimal(28, 6)),
	published_rank Nullable(Int64),
	population Nullable(Int64),
	publisher String,
	note String
) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/appraisals_local', '{replica}') ORDER BY (area, key, effective, batch, line) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, min_columns_to_activate_adaptive_write_buffer = 1;

CREATE TABLE IF NOT EXISTS appraisals ON CLUSTER district AS appraisals_local ENGINE = Distributed(district, currentDatabase(), appraisals_local, cityHash64(area));

CREATE OR REPLACE VIEW tax_sums_at ON CLUSTER district AS
	SELECT basis, tax_type, building_id, period, period_months, toInt64(rows) AS n, toInt64(said) AS with_yuan, yuan
	FROM tax_sums WHERE area = {area:String} AND by = 0 AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	UNION ALL
	SELECT any(basis), any(tax_type), any(building_id), any(period), any(period_months), -1, -toInt64(any(said)), -any(yuan)
	FROM tax_sums WHERE area = {area:String} AND by != 0 AND since <= {asof:Date32} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	GROUP BY batch, line;

CREATE OR REPLACE VIEW projects_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM projects WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW milestones_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM milestones WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW progress_at ON CLUSTER district AS SELECT * FROM progress WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = 'progress' AND since <= {asof:Date32} AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0));

CREATE OR REPLACE VIEW resettlement_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM resettlement WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW buildings_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM buildings WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW tenants_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM tenants WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW tax_at ON CLUSTER district AS SELECT * FROM tax WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = 'tax' AND since <= {asof:Date32} AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0));

CREATE OR REPLACE VIEW investment_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM investment WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW indicators_at ON CLUSTER district AS SELECT * FROM indicators WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = 'indicators' AND since <= {asof:Date32} AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0));

CREATE OR REPLACE VIEW targets_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM targets WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW ranks_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM ranks WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW actions_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM actions WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW visits_at ON CLUSTER district AS SELECT * FROM visits WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = 'visits' AND since <= {asof:Date32} AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0));

CREATE OR REPLACE VIEW services_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM services WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW assignments_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM assignments WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW demolition_at ON CLUSTER district AS SELECT * FROM demolition WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = 'demolition' AND since <= {asof:Date32} AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0));

CREATE OR REPLACE VIEW paid_in_at ON CLUSTER district AS SELECT * FROM paid_in WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = 'paid_in' AND since <= {asof:Date32} AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0));

CREATE OR REPLACE VIEW vacancies_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM vacancies WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW calendar_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM calendar WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW issues_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM issues WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW baselines_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM baselines WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW overrides_at ON CLUSTER district AS SELECT * FROM overrides WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = 'overrides' AND since <= {asof:Date32} AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0));

CREATE OR REPLACE VIEW meetings_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM meetings WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW minutes_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM minutes WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW acknowledgements_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM acknowledgements WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW rates_at ON CLUSTER district AS SELECT * FROM rates WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = 'rates' AND since <= {asof:Date32} AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0));

CREATE OR REPLACE VIEW curves_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM curves WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW grids_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM grids WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW grid_owners_at ON CLUSTER district AS SELECT * FROM grid_owners WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = 'grid_owners' AND since <= {asof:Date32} AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0));

CREATE OR REPLACE VIEW grid_forces_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM grid_forces WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW enforcement_at ON CLUSTER district AS SELECT * FROM enforcement WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = 'enforcement' AND since <= {asof:Date32} AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0));

CREATE OR REPLACE VIEW enforcement_rules_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM enforcement_rules WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW enforcement_lines_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM enforcement_lines WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW patrols_at ON CLUSTER district AS SELECT * FROM patrols WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = 'patrols' AND since <= {asof:Date32} AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0));

CREATE OR REPLACE VIEW patrol_types_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM patrol_types WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW cases_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM cases WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW roster_at ON CLUSTER district AS SELECT * FROM (
	SELECT * FROM roster WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted;

CREATE OR REPLACE VIEW draws_at ON CLUSTER district AS SELECT * FROM draws WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = 'draws' AND since <= {asof:Date32} AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0));

CREATE OR REPLACE VIEW scores_at ON CLUSTER district AS SELECT * FROM scores WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = 'scores' AND since <= {asof:Date32} AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0));

CREATE OR REPLACE VIEW sanctions_at ON CLUSTER district AS SELECT * FROM sanctions WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = 'sanctions' AND since <= {asof:Date32} AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0));

CREATE OR REPLACE VIEW appraisals_at ON CLUSTER district AS SELECT * FROM appraisals WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = 'appraisals' AND since <= {asof:Date32} AND by IN (SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0));

INSERT INTO schema_versions VALUES (11, now64(3));

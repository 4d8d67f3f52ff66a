-- A row of features keeps its versions: the moment of recording is part of its key. What older stores called ingested_at is that moment of
-- the version that stands there. Keys change with a new table only; WITHOUT ROWID puts the key's order on disk.
CREATE TABLE `__new_feature_rows` (
	`entity` text NOT NULL,
	`view` text NOT NULL,
	`schema_hash` text NOT NULL,
	`event_time` integer NOT NULL,
	`created_time` integer NOT NULL,
	`available_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`vector` blob NOT NULL,
	PRIMARY KEY(`entity`, `view`, `schema_hash`, `event_time`, `created_time`, `recorded_at`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_feature_rows` (`entity`, `view`, `schema_hash`, `event_time`, `created_time`, `available_at`, `recorded_at`, `vector`)
SELECT `entity`, `view`, `schema_hash`, `event_time`, `created_time`, `available_at`, `ingested_at`, `vector` FROM `feature_rows`;--> statement-breakpoint
DROP TABLE `feature_rows`;--> statement-breakpoint
ALTER TABLE `__new_feature_rows` RENAME TO `feature_rows`;--> statement-breakpoint
ALTER TABLE `datasets` ADD `recorded_until` integer;--> statement-breakpoint
-- The clock of the record starts behind all that is recorded: an empty store starts it with its first write.
INSERT INTO `store_facts` (`key`, `value`)
SELECT 'record_clock', CAST(max(CAST(unixepoch('subsec') * 1000 AS INTEGER), coalesce((SELECT max(`recorded_at`) FROM `feature_rows`), 0)) AS TEXT)
WHERE EXISTS (SELECT 1 FROM `feature_rows`) OR EXISTS (SELECT 1 FROM `model_versions`);

CREATE TABLE `bar_versions` (
	`instrument` text NOT NULL,
	`granularity` text NOT NULL,
	`start` integer NOT NULL,
	`event_time` integer NOT NULL,
	`available_at` integer NOT NULL,
	`ingested_at` integer NOT NULL,
	`mid_o` real NOT NULL,
	`mid_h` real NOT NULL,
	`mid_l` real NOT NULL,
	`mid_c` real NOT NULL,
	`bid_o` real,
	`bid_h` real,
	`bid_l` real,
	`bid_c` real,
	`ask_o` real,
	`ask_h` real,
	`ask_l` real,
	`ask_c` real,
	`volume` real,
	`object_key` text NOT NULL,
	`superseded_at` integer NOT NULL,
	`superseded_by` text NOT NULL,
	PRIMARY KEY(`instrument`, `granularity`, `start`, `superseded_at`, `superseded_by`)
);
--> statement-breakpoint
CREATE TABLE `reject_counts` (
	`object_key` text NOT NULL,
	`reason` text NOT NULL,
	`instrument` text NOT NULL,
	`total` integer NOT NULL,
	`kept` integer NOT NULL,
	`ingested_at` integer NOT NULL,
	PRIMARY KEY(`object_key`, `reason`)
);
--> statement-breakpoint
ALTER TABLE `bronze_objects` ADD `import_id` text;--> statement-breakpoint
ALTER TABLE `bronze_objects` ADD `replaces` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `bronze_objects` ADD `accepts_spikes` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `bars` ALTER COLUMN "volume" TO "volume" real;--> statement-breakpoint
CREATE INDEX `reject_counts_by_time` ON `reject_counts` (`ingested_at`);--> statement-breakpoint
CREATE INDEX `bronze_objects_import` ON `bronze_objects` (`import_id`);--> statement-breakpoint
CREATE INDEX `rejects_by_time` ON `rejects` (`ingested_at`);--> statement-breakpoint
UPDATE `rejects` SET `reason` = 'market_closed' WHERE `reason` = 'closed_market';--> statement-breakpoint
INSERT INTO `reject_counts` (`object_key`, `reason`, `instrument`, `total`, `kept`, `ingested_at`) SELECT `object_key`, `reason`, max(`instrument`), count(*), count(*), max(`ingested_at`) FROM `rejects` GROUP BY 1, 2;

-- Moves and versions get the moment at which this store recorded them. Of those that are there, nothing told it: they are known to have
-- been recorded by now, and by no moment before. SQLite adds no column that must have a value, so both tables are made anew.
CREATE TABLE `__new_model_transitions` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`from_stage` text NOT NULL,
	`to_stage` text NOT NULL,
	`effective_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`reason` text NOT NULL
);
--> statement-breakpoint
INSERT INTO `__new_model_transitions` (`sequence`, `name`, `version`, `from_stage`, `to_stage`, `effective_at`, `recorded_at`, `reason`)
SELECT `sequence`, `name`, `version`, `from_stage`, `to_stage`, `effective_at`, CAST(unixepoch('subsec') * 1000 AS INTEGER), `reason` FROM `model_transitions`;--> statement-breakpoint
DROP TABLE `model_transitions`;--> statement-breakpoint
ALTER TABLE `__new_model_transitions` RENAME TO `model_transitions`;--> statement-breakpoint
CREATE INDEX `model_transitions_as_of` ON `model_transitions` (`name`,`effective_at`);--> statement-breakpoint
CREATE TABLE `__new_model_versions` (
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`run_id` text NOT NULL,
	`source` text NOT NULL,
	`current_stage` text DEFAULT 'None' NOT NULL,
	`creation_timestamp` integer NOT NULL,
	`last_updated_timestamp` integer NOT NULL,
	`status` text DEFAULT 'READY' NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`name`, `version`),
	FOREIGN KEY (`name`) REFERENCES `registered_models`(`name`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_model_versions` (`name`, `version`, `run_id`, `source`, `current_stage`, `creation_timestamp`, `last_updated_timestamp`, `status`, `recorded_at`)
SELECT `name`, `version`, `run_id`, `source`, `current_stage`, `creation_timestamp`, `last_updated_timestamp`, `status`, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `model_versions`;--> statement-breakpoint
DROP TABLE `model_versions`;--> statement-breakpoint
ALTER TABLE `__new_model_versions` RENAME TO `model_versions`;--> statement-breakpoint
CREATE INDEX `model_versions_by_run` ON `model_versions` (`run_id`);

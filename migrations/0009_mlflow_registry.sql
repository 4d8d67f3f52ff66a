-- MLflow's registry beyond what training registers: tags, aliases with their record, and the logged models of MLflow 3.
CREATE TABLE `logged_model_metrics` (
	`model_id` text NOT NULL,
	`run_id` text NOT NULL,
	`key` text NOT NULL,
	`timestamp` integer NOT NULL,
	`step` integer NOT NULL,
	`value` real NOT NULL,
	`dataset_name` text,
	`dataset_digest` text,
	PRIMARY KEY(`model_id`, `key`, `timestamp`, `step`, `run_id`, `value`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `logged_model_params` (
	`model_id` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`model_id`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `logged_model_tags` (
	`model_id` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`model_id`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `logged_models` (
	`model_id` text PRIMARY KEY NOT NULL,
	`experiment_id` integer NOT NULL,
	`name` text NOT NULL,
	`artifact_location` text NOT NULL,
	`creation_timestamp_ms` integer NOT NULL,
	`last_updated_timestamp_ms` integer NOT NULL,
	`status` text NOT NULL,
	`model_type` text NOT NULL,
	`source_run_id` text NOT NULL,
	`lifecycle_stage` text DEFAULT 'active' NOT NULL
);
--> statement-breakpoint
CREATE INDEX `logged_models_by_experiment` ON `logged_models` (`experiment_id`,`creation_timestamp_ms`);--> statement-breakpoint
CREATE TABLE `model_alias_changes` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`alias` text NOT NULL,
	`from_version` integer,
	`to_version` integer,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `registered_model_aliases` (
	`name` text NOT NULL,
	`alias` text NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`name`, `alias`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `registered_model_tags` (
	`name` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`name`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `model_versions` ADD `description` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `model_versions` ADD `run_link` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `model_versions` ADD `storage_location` text;--> statement-breakpoint
ALTER TABLE `model_versions` ADD `model_id` text;
CREATE TABLE `feature_progress` (
	`entity` text NOT NULL,
	`view` text NOT NULL,
	`schema_hash` text NOT NULL,
	`built_until` integer NOT NULL,
	PRIMARY KEY(`entity`, `view`, `schema_hash`)
);
--> statement-breakpoint
CREATE TABLE `feature_rows` (
	`entity` text NOT NULL,
	`view` text NOT NULL,
	`schema_hash` text NOT NULL,
	`event_time` integer NOT NULL,
	`created_time` integer NOT NULL,
	`available_at` integer NOT NULL,
	`ingested_at` integer NOT NULL,
	`vector` blob NOT NULL,
	PRIMARY KEY(`entity`, `view`, `schema_hash`, `event_time`, `created_time`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `feature_views` (
	`view` text NOT NULL,
	`schema_hash` text NOT NULL,
	`ttl_ms` integer NOT NULL,
	`features` text NOT NULL,
	PRIMARY KEY(`view`, `schema_hash`)
);
--> statement-breakpoint
CREATE TABLE `dag_runs` (
	`dag_id` text NOT NULL,
	`run_id` text NOT NULL,
	`run_type` text NOT NULL,
	`state` text NOT NULL,
	`data_interval_start` integer NOT NULL,
	`data_interval_end` integer NOT NULL,
	`conf` text NOT NULL,
	`triggered_by` text NOT NULL,
	`queued_at` integer NOT NULL,
	`start_date` integer,
	`end_date` integer,
	PRIMARY KEY(`dag_id`, `run_id`)
);
--> statement-breakpoint
CREATE INDEX `dag_runs_by_state` ON `dag_runs` (`state`,`queued_at`);--> statement-breakpoint
CREATE INDEX `dag_runs_by_interval` ON `dag_runs` (`dag_id`,`data_interval_end`);--> statement-breakpoint
CREATE TABLE `task_attempts` (
	`dag_id` text NOT NULL,
	`run_id` text NOT NULL,
	`task_id` text NOT NULL,
	`map_key` text NOT NULL,
	`try_number` integer NOT NULL,
	`state` text NOT NULL,
	`start_date` integer NOT NULL,
	`end_date` integer,
	`error` text,
	`report` text,
	`log` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`dag_id`, `run_id`, `task_id`, `map_key`, `try_number`)
);
--> statement-breakpoint
CREATE TABLE `task_instances` (
	`dag_id` text NOT NULL,
	`run_id` text NOT NULL,
	`task_id` text NOT NULL,
	`map_key` text NOT NULL,
	`state` text NOT NULL,
	`try_number` integer NOT NULL,
	`max_tries` integer NOT NULL,
	`takeovers` integer DEFAULT 0 NOT NULL,
	`lease_token` text,
	`lease_until` integer,
	`not_before` integer NOT NULL,
	`cursor` text,
	`report` text,
	`note` text,
	`start_date` integer,
	`end_date` integer,
	PRIMARY KEY(`dag_id`, `run_id`, `task_id`, `map_key`)
);
--> statement-breakpoint
CREATE INDEX `task_instances_due` ON `task_instances` (`state`,`not_before`);--> statement-breakpoint
CREATE INDEX `task_instances_leased` ON `task_instances` (`state`,`lease_until`);--> statement-breakpoint
CREATE TABLE `bars` (
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
	`volume` integer,
	`object_key` text NOT NULL,
	PRIMARY KEY(`instrument`, `granularity`, `start`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `bronze_objects` (
	`key` text PRIMARY KEY NOT NULL,
	`origin` text NOT NULL,
	`instrument` text NOT NULL,
	`granularity` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`lines` integer NOT NULL,
	`window_start` integer NOT NULL,
	`window_end` integer NOT NULL,
	`ingested_at` integer NOT NULL,
	`validated_at` integer
);
--> statement-breakpoint
CREATE INDEX `bronze_objects_pending` ON `bronze_objects` (`instrument`,`validated_at`,`ingested_at`);--> statement-breakpoint
CREATE TABLE `rejects` (
	`object_key` text NOT NULL,
	`line` integer NOT NULL,
	`instrument` text NOT NULL,
	`reason` text NOT NULL,
	`detail` text NOT NULL,
	`raw` text NOT NULL,
	`ingested_at` integer NOT NULL,
	PRIMARY KEY(`object_key`, `line`)
);
--> statement-breakpoint
CREATE INDEX `rejects_by_reason` ON `rejects` (`instrument`,`reason`);--> statement-breakpoint
CREATE TABLE `store_facts` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `predictions` (
	`prediction_id` text PRIMARY KEY NOT NULL,
	`instrument` text NOT NULL,
	`model_name` text NOT NULL,
	`model_version` text NOT NULL,
	`event_time` integer NOT NULL,
	`target_start` integer NOT NULL,
	`prediction` real NOT NULL,
	`requested_at` integer NOT NULL,
	`as_of` integer,
	`features` blob NOT NULL
);
--> statement-breakpoint
CREATE INDEX `predictions_by_time` ON `predictions` (`instrument`,`requested_at`);--> statement-breakpoint
CREATE TABLE `datasets` (
	`sha256` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`instrument` text NOT NULL,
	`rows` integer NOT NULL,
	`first_event_time` integer NOT NULL,
	`last_event_time` integer NOT NULL,
	`as_of` integer NOT NULL,
	`feature_set_hash` text NOT NULL,
	`feature_names` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `experiments` (
	`experiment_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`artifact_location` text NOT NULL,
	`lifecycle_stage` text DEFAULT 'active' NOT NULL,
	`creation_time` integer NOT NULL,
	`last_update_time` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `experiments_name_unique` ON `experiments` (`name`);--> statement-breakpoint
CREATE TABLE `model_transitions` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`from_stage` text NOT NULL,
	`to_stage` text NOT NULL,
	`effective_at` integer NOT NULL,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `model_transitions_as_of` ON `model_transitions` (`name`,`effective_at`);--> statement-breakpoint
CREATE TABLE `model_version_tags` (
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`name`, `version`, `key`)
);
--> statement-breakpoint
CREATE TABLE `model_versions` (
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`run_id` text NOT NULL,
	`source` text NOT NULL,
	`current_stage` text DEFAULT 'None' NOT NULL,
	`creation_timestamp` integer NOT NULL,
	`last_updated_timestamp` integer NOT NULL,
	`status` text DEFAULT 'READY' NOT NULL,
	PRIMARY KEY(`name`, `version`),
	FOREIGN KEY (`name`) REFERENCES `registered_models`(`name`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `model_versions_by_run` ON `model_versions` (`run_id`);--> statement-breakpoint
CREATE TABLE `registered_models` (
	`name` text PRIMARY KEY NOT NULL,
	`creation_timestamp` integer NOT NULL,
	`last_updated_timestamp` integer NOT NULL,
	`description` text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE `run_metrics` (
	`run_id` text NOT NULL,
	`key` text NOT NULL,
	`step` integer NOT NULL,
	`timestamp` integer NOT NULL,
	`value` real NOT NULL,
	PRIMARY KEY(`run_id`, `key`, `step`, `timestamp`)
);
--> statement-breakpoint
CREATE TABLE `run_params` (
	`run_id` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`run_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `run_tags` (
	`run_id` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`run_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `runs` (
	`run_id` text PRIMARY KEY NOT NULL,
	`experiment_id` integer NOT NULL,
	`run_name` text NOT NULL,
	`status` text NOT NULL,
	`start_time` integer NOT NULL,
	`end_time` integer,
	`artifact_uri` text NOT NULL,
	`lifecycle_stage` text DEFAULT 'active' NOT NULL,
	FOREIGN KEY (`experiment_id`) REFERENCES `experiments`(`experiment_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `runs_by_experiment` ON `runs` (`experiment_id`,`start_time`);
--> statement-breakpoint
-- MLflow's clients expect experiment 0 to exist.
INSERT INTO `experiments` (`experiment_id`, `name`, `artifact_location`, `lifecycle_stage`, `creation_time`, `last_update_time`) VALUES (0, 'Default', 'mlflow-artifacts:/0', 'active', 0, 0);

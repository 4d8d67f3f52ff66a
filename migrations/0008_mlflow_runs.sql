-- What MLflow's API tells of runs beyond what training logs: tags of experiments, inputs and outputs, every point of a metric.
CREATE TABLE `experiment_tags` (
	`experiment_id` integer NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`experiment_id`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `latest_metrics` (
	`run_id` text NOT NULL,
	`key` text NOT NULL,
	`value` real NOT NULL,
	`timestamp` integer NOT NULL,
	`step` integer NOT NULL,
	PRIMARY KEY(`run_id`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `run_datasets` (
	`run_id` text NOT NULL,
	`name` text NOT NULL,
	`digest` text NOT NULL,
	`source_type` text NOT NULL,
	`source` text NOT NULL,
	`schema` text,
	`profile` text,
	`tags` text NOT NULL,
	`context` text,
	PRIMARY KEY(`run_id`, `name`, `digest`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `run_models` (
	`run_id` text NOT NULL,
	`direction` text NOT NULL,
	`model_id` text NOT NULL,
	`step` integer NOT NULL,
	PRIMARY KEY(`run_id`, `direction`, `model_id`, `step`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `__new_run_metrics` (
	`run_id` text NOT NULL,
	`key` text NOT NULL,
	`step` integer NOT NULL,
	`timestamp` integer NOT NULL,
	`value` real NOT NULL,
	PRIMARY KEY(`run_id`, `key`, `step`, `timestamp`, `value`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_run_metrics`("run_id", "key", "step", "timestamp", "value") SELECT "run_id", "key", "step", "timestamp", "value" FROM `run_metrics`;--> statement-breakpoint
DROP TABLE `run_metrics`;--> statement-breakpoint
ALTER TABLE `__new_run_metrics` RENAME TO `run_metrics`;--> statement-breakpoint
-- The largest (step, timestamp, value) of each; NaN, which is kept as a text, counts as 0 there.
INSERT INTO `latest_metrics` (`run_id`, `key`, `value`, `timestamp`, `step`)
SELECT `run_id`, `key`, `value`, `timestamp`, `step` FROM (
	SELECT *, row_number() OVER (
		PARTITION BY `run_id`, `key`
		ORDER BY `step` DESC, `timestamp` DESC, CASE `value` WHEN 'NaN' THEN 0 WHEN 'Infinity' THEN 9e999 WHEN '-Infinity' THEN -9e999 ELSE `value` END DESC
	) AS `age` FROM `run_metrics`
) WHERE `age` = 1;--> statement-breakpoint
-- MLflow's clients count on an experiment 0.
INSERT INTO `experiments` (`experiment_id`, `name`, `artifact_location`, `creation_time`, `last_update_time`)
VALUES (0, 'Default', 'mlflow-artifacts:/0', CAST(unixepoch('subsec') * 1000 AS INTEGER), CAST(unixepoch('subsec') * 1000 AS INTEGER))
ON CONFLICT DO NOTHING;--> statement-breakpoint
ALTER TABLE `runs` ADD `user_id` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `deleted_time` integer;
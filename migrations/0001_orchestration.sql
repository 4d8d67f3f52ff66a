CREATE TABLE `backfills` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`dag_id` text NOT NULL,
	`request_id` text NOT NULL,
	`from_date` integer NOT NULL,
	`to_date` integer NOT NULL,
	`step` text NOT NULL,
	`map_keys` text,
	`run_backwards` integer NOT NULL,
	`max_active_runs` integer NOT NULL,
	`reprocess_behavior` text NOT NULL,
	`dag_run_conf` text NOT NULL,
	`reason` text,
	`is_paused` integer DEFAULT 0 NOT NULL,
	`total` integer NOT NULL,
	`next_index` integer DEFAULT 0 NOT NULL,
	`skipped` integer DEFAULT 0 NOT NULL,
	`step_token` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`completed_at` integer,
	`cancelled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `backfills_by_request` ON `backfills` (`request_id`);--> statement-breakpoint
CREATE INDEX `backfills_open` ON `backfills` (`dag_id`) WHERE completed_at IS NULL;--> statement-breakpoint
CREATE TABLE `callbacks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`dedupe_key` text NOT NULL,
	`kind` text NOT NULL,
	`dag_id` text NOT NULL,
	`run_id` text NOT NULL,
	`task_id` text,
	`map_key` text,
	`try_number` integer,
	`details` text NOT NULL,
	`created_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`delivered_at` integer,
	`last_error` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `callbacks_by_happening` ON `callbacks` (`dedupe_key`);--> statement-breakpoint
CREATE INDEX `callbacks_pending` ON `callbacks` (`next_attempt_at`) WHERE delivered_at IS NULL;--> statement-breakpoint
CREATE TABLE `dag_flags` (
	`dag_id` text PRIMARY KEY NOT NULL,
	`is_paused` integer NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`queue` text NOT NULL,
	`body` text NOT NULL,
	`error` text NOT NULL,
	`received_at` integer NOT NULL,
	`replayed_at` integer
);
--> statement-breakpoint
CREATE INDEX `dead_letters_by_time` ON `dead_letters` (`received_at`);--> statement-breakpoint
ALTER TABLE `dag_runs` ADD `backfill_id` integer;--> statement-breakpoint
ALTER TABLE `dag_runs` ADD `backfill_index` integer;--> statement-breakpoint
ALTER TABLE `dag_runs` ADD `deadline_at` integer;--> statement-breakpoint
ALTER TABLE `dag_runs` ADD `deadline_check_at` integer;--> statement-breakpoint
ALTER TABLE `dag_runs` ADD `deadline_missed_at` integer;--> statement-breakpoint
CREATE INDEX `dag_runs_by_dag_state` ON `dag_runs` (`dag_id`,`state`);--> statement-breakpoint
CREATE INDEX `dag_runs_by_backfill` ON `dag_runs` (`backfill_id`,`state`) WHERE backfill_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `dag_runs_by_deadline` ON `dag_runs` (`deadline_check_at`) WHERE deadline_check_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `task_instances` ADD `pool` text;--> statement-breakpoint
ALTER TABLE `task_instances` ADD `first_start_date` integer;
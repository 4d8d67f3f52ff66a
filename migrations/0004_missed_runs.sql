CREATE TABLE `missed_runs` (
	`dag_id` text NOT NULL,
	`data_interval_start` integer NOT NULL,
	`data_interval_end` integer NOT NULL,
	`intervals` integer NOT NULL,
	`reason` text NOT NULL,
	`found_at` integer NOT NULL,
	PRIMARY KEY(`dag_id`, `data_interval_start`)
);
--> statement-breakpoint
CREATE INDEX `missed_runs_by_time` ON `missed_runs` (`found_at`);
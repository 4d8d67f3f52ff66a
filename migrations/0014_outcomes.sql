-- The pipeline predicts every bar by itself, and what became of a prediction is a row. What was answered before was asked for by users.
CREATE TABLE `outcomes` (
	`instrument` text NOT NULL,
	`event_time` integer NOT NULL,
	`horizon_bars` integer NOT NULL,
	`version` integer NOT NULL,
	`target_end` integer NOT NULL,
	`realized_direction` text NOT NULL,
	`return_bp` real,
	`source` text NOT NULL,
	`by_bars` text,
	`mid_from` real,
	`mid_to` real,
	`from_ingested_at` integer,
	`to_ingested_at` integer,
	`known_at` integer NOT NULL,
	`settled_at` integer NOT NULL,
	PRIMARY KEY(`instrument`, `event_time`, `horizon_bars`, `version`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `outcomes_by_end` ON `outcomes` (`instrument`,`target_end`);--> statement-breakpoint
CREATE TABLE `predicted_bars` (
	`instrument` text NOT NULL,
	`event_time` integer NOT NULL,
	`model_name` text NOT NULL,
	`is_open` integer DEFAULT 1 NOT NULL,
	PRIMARY KEY(`instrument`, `event_time`, `model_name`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `predicted_bars_open` ON `predicted_bars` (`instrument`,`event_time`) WHERE is_open = 1;--> statement-breakpoint
ALTER TABLE `predictions` ADD `source` text DEFAULT 'user' NOT NULL;--> statement-breakpoint
CREATE INDEX `predictions_of_pipeline` ON `predictions` (`instrument`,`requested_at`) WHERE source = 'pipeline';--> statement-breakpoint
INSERT INTO `predicted_bars` (`instrument`, `event_time`, `model_name`) SELECT DISTINCT `instrument`, `event_time`, `model_name` FROM `predictions`;--> statement-breakpoint
CREATE TRIGGER `outcomes_stay` BEFORE UPDATE ON `outcomes`
BEGIN SELECT RAISE(ABORT, 'an outcome is never rewritten: a correction is another version'); END;--> statement-breakpoint
CREATE TRIGGER `outcomes_are_kept` BEFORE DELETE ON `outcomes`
BEGIN SELECT RAISE(ABORT, 'an outcome is never rewritten: a correction is another version'); END;

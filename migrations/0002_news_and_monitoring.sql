CREATE TABLE `alerts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`fingerprint` text NOT NULL,
	`check` text NOT NULL,
	`subject` text NOT NULL,
	`metric` text NOT NULL,
	`severity` text NOT NULL,
	`state` text NOT NULL,
	`summary` text NOT NULL,
	`value` real,
	`threshold` real,
	`starts_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`ends_at` integer
);
--> statement-breakpoint
CREATE INDEX `alerts_by_time` ON `alerts` (`starts_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_firing` ON `alerts` (`fingerprint`) WHERE state = 'firing';--> statement-breakpoint
CREATE TABLE `monitor_readings` (
	`check` text NOT NULL,
	`subject` text NOT NULL,
	`metric` text NOT NULL,
	`measured_at` integer NOT NULL,
	`value` real,
	`low` real,
	`high` real,
	`n` integer,
	`threshold` real,
	`status` text NOT NULL,
	`details` text NOT NULL,
	PRIMARY KEY(`check`, `subject`, `metric`, `measured_at`)
);
--> statement-breakpoint
CREATE INDEX `monitor_readings_by_time` ON `monitor_readings` (`measured_at`);--> statement-breakpoint
CREATE TABLE `article_rejects` (
	`object_key` text NOT NULL,
	`line` integer NOT NULL,
	`item` integer NOT NULL,
	`source` text NOT NULL,
	`reason` text NOT NULL,
	`detail` text NOT NULL,
	`raw` text NOT NULL,
	`ingested_at` integer NOT NULL,
	PRIMARY KEY(`object_key`, `line`, `item`)
);
--> statement-breakpoint
CREATE INDEX `article_rejects_by_reason` ON `article_rejects` (`source`,`reason`);--> statement-breakpoint
CREATE TABLE `article_scores` (
	`article_id` text NOT NULL,
	`engine` text NOT NULL,
	`available_at` integer NOT NULL,
	`model` text,
	`sentiment_score` real NOT NULL,
	`p_positive` real NOT NULL,
	`p_neutral` real NOT NULL,
	`p_negative` real NOT NULL,
	`confidence` real NOT NULL,
	`label_mass` real,
	`truncated` integer NOT NULL,
	`market` text,
	`ingested_at` integer NOT NULL,
	PRIMARY KEY(`article_id`, `engine`)
);
--> statement-breakpoint
CREATE INDEX `article_scores_by_engine` ON `article_scores` (`engine`,`available_at`);--> statement-breakpoint
CREATE TABLE `articles` (
	`article_id` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`url` text NOT NULL,
	`canonical_url` text NOT NULL,
	`title` text NOT NULL,
	`summary` text NOT NULL,
	`body` text NOT NULL,
	`text_source` text NOT NULL,
	`access` text NOT NULL,
	`language` text,
	`published_at` integer,
	`first_seen_at` integer NOT NULL,
	`available_at` integer NOT NULL,
	`content_hash` text NOT NULL,
	`simhash` text NOT NULL,
	`relevance` real NOT NULL,
	`matched_terms` text NOT NULL,
	`is_relevant` integer NOT NULL,
	`object_key` text NOT NULL,
	`ingested_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `articles_by_knowledge` ON `articles` (`available_at`,`article_id`);--> statement-breakpoint
CREATE INDEX `articles_by_source` ON `articles` (`source`,`available_at`);--> statement-breakpoint
CREATE TABLE `news_feeds` (
	`url` text NOT NULL,
	`source` text NOT NULL,
	`etag` text,
	`last_modified` text,
	`last_fetched_at` integer,
	`last_success_at` integer,
	`last_status` integer,
	`last_error` text,
	PRIMARY KEY(`source`, `url`)
);
--> statement-breakpoint
CREATE TABLE `news_hosts` (
	`origin` text PRIMARY KEY NOT NULL,
	`lease_token` text,
	`lease_until` integer,
	`next_request_at` integer DEFAULT 0 NOT NULL,
	`robots` text,
	`robots_status` integer,
	`robots_fetched_at` integer,
	`failures` integer DEFAULT 0 NOT NULL,
	`backoff_until` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `news_objects` (
	`key` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`lines` integer NOT NULL,
	`window_start` integer NOT NULL,
	`window_end` integer NOT NULL,
	`ingested_at` integer NOT NULL,
	`parsed_at` integer
);
--> statement-breakpoint
CREATE INDEX `news_objects_pending` ON `news_objects` (`source`,`ingested_at`) WHERE parsed_at IS NULL;--> statement-breakpoint
CREATE TABLE `news_silver` (
	`article_id` text PRIMARY KEY NOT NULL,
	`available_at` integer NOT NULL,
	`duplicate_of` text,
	`engine` text NOT NULL,
	`sentiment_score` real NOT NULL,
	`p_positive` real NOT NULL,
	`p_neutral` real NOT NULL,
	`p_negative` real NOT NULL,
	`confidence` real NOT NULL,
	`label_mass` real,
	`relevance` real NOT NULL,
	`sgd_directional_signal` real NOT NULL,
	`policy` text,
	`market_coherence` real,
	`signal_strength_adjusted` real NOT NULL,
	`currencies` text NOT NULL,
	`central_banks` text NOT NULL,
	`countries` text NOT NULL,
	`organisations` text NOT NULL,
	`topics` text NOT NULL,
	`ingested_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `news_silver_by_knowledge` ON `news_silver` (`available_at`,`article_id`);
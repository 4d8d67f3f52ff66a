CREATE TABLE `callback_deliveries` (
	`dedupe_key` text NOT NULL,
	`channel` text NOT NULL,
	`told_at` integer NOT NULL,
	PRIMARY KEY(`dedupe_key`, `channel`)
);

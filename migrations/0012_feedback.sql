CREATE TABLE `feedback` (
	`instrument` text NOT NULL,
	`event_time` integer NOT NULL,
	`horizon_bars` integer NOT NULL,
	`realized_direction` text NOT NULL,
	`realized_price` real,
	`source` text NOT NULL,
	`reported_at` integer NOT NULL,
	PRIMARY KEY(`instrument`, `event_time`, `horizon_bars`)
);

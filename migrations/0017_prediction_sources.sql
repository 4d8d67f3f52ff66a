-- Who asked is a label of what is counted: the pipeline's own predictions and those of users are counted anew, by source, from the log, of which no row is
-- ever deleted. A clock that was set back makes what took less than nothing, which counts as nothing, since a counter must not fall.
DROP TRIGGER `predictions_are_counted`;--> statement-breakpoint
DROP TABLE `prediction_totals`;--> statement-breakpoint
CREATE TABLE `prediction_totals` (
	`instrument` text NOT NULL,
	`is_past` integer NOT NULL,
	`source` text NOT NULL,
	`bucket` integer NOT NULL,
	`answers` integer NOT NULL,
	`latency_us` integer NOT NULL,
	PRIMARY KEY(`instrument`, `is_past`, `source`, `bucket`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `prediction_totals` (`instrument`, `is_past`, `source`, `bucket`, `answers`, `latency_us`)
SELECT `instrument`, `as_of` IS NOT NULL, `source`, CASE WHEN latency_us IS NULL THEN -1 WHEN latency_us <= 250 THEN 250 WHEN latency_us <= 500 THEN 500 WHEN latency_us <= 1000 THEN 1000 WHEN latency_us <= 2500 THEN 2500 WHEN latency_us <= 5000 THEN 5000 WHEN latency_us <= 10000 THEN 10000 WHEN latency_us <= 25000 THEN 25000 WHEN latency_us <= 50000 THEN 50000 WHEN latency_us <= 100000 THEN 100000 WHEN latency_us <= 250000 THEN 250000 WHEN latency_us <= 1000000 THEN 1000000 ELSE 9007199254740991 END, count(*), coalesce(sum(max(0, latency_us)), 0)
FROM `predictions` GROUP BY 1, 2, 3, 4;--> statement-breakpoint
CREATE TRIGGER `predictions_are_counted` AFTER INSERT ON `predictions` BEGIN
  INSERT INTO `prediction_totals` (`instrument`, `is_past`, `source`, `bucket`, `answers`, `latency_us`)
  VALUES (NEW.`instrument`, NEW.`as_of` IS NOT NULL, NEW.`source`, CASE WHEN NEW.latency_us IS NULL THEN -1 WHEN NEW.latency_us <= 250 THEN 250 WHEN NEW.latency_us <= 500 THEN 500 WHEN NEW.latency_us <= 1000 THEN 1000 WHEN NEW.latency_us <= 2500 THEN 2500 WHEN NEW.latency_us <= 5000 THEN 5000 WHEN NEW.latency_us <= 10000 THEN 10000 WHEN NEW.latency_us <= 25000 THEN 25000 WHEN NEW.latency_us <= 50000 THEN 50000 WHEN NEW.latency_us <= 100000 THEN 100000 WHEN NEW.latency_us <= 250000 THEN 250000 WHEN NEW.latency_us <= 1000000 THEN 1000000 ELSE 9007199254740991 END, 1, coalesce(max(0, NEW.`latency_us`), 0))
  ON CONFLICT DO UPDATE SET `answers` = `answers` + 1, `latency_us` = `latency_us` + excluded.`latency_us`;
END;--> statement-breakpoint
DROP TRIGGER `tries_are_counted`;--> statement-breakpoint
CREATE TRIGGER `tries_are_counted` AFTER UPDATE OF `end_date` ON `task_attempts` WHEN OLD.`end_date` IS NULL AND NEW.`end_date` IS NOT NULL BEGIN
  INSERT INTO `task_totals` (`dag_id`, `state`, `bucket`, `tries`, `duration_ms`, `last_end`)
  VALUES (NEW.`dag_id`, NEW.`state`, CASE WHEN NEW.end_date - NEW.start_date <= 100 THEN 100 WHEN NEW.end_date - NEW.start_date <= 500 THEN 500 WHEN NEW.end_date - NEW.start_date <= 1000 THEN 1000 WHEN NEW.end_date - NEW.start_date <= 5000 THEN 5000 WHEN NEW.end_date - NEW.start_date <= 15000 THEN 15000 WHEN NEW.end_date - NEW.start_date <= 60000 THEN 60000 WHEN NEW.end_date - NEW.start_date <= 300000 THEN 300000 WHEN NEW.end_date - NEW.start_date <= 900000 THEN 900000 ELSE 9007199254740991 END, 1, max(0, NEW.`end_date` - NEW.`start_date`), NEW.`end_date`)
  ON CONFLICT DO UPDATE SET `tries` = `tries` + 1, `duration_ms` = `duration_ms` + excluded.`duration_ms`, `last_end` = max(`last_end`, excluded.`last_end`);
END;

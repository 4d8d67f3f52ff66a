-- Every change of a stage and of an alias says who made it, when it holds from and was recorded, and why; none is changed or taken away.
ALTER TABLE `model_alias_changes` ADD `recorded_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `model_alias_changes` ADD `reason` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `model_alias_changes` ADD `actor` text DEFAULT 'unknown' NOT NULL;--> statement-breakpoint
ALTER TABLE `model_alias_changes` ADD `actor_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `model_alias_changes_as_of` ON `model_alias_changes` (`name`,`changed_at`);--> statement-breakpoint
ALTER TABLE `model_transitions` ADD `actor` text DEFAULT 'unknown' NOT NULL;--> statement-breakpoint
ALTER TABLE `model_transitions` ADD `actor_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE `model_alias_changes` SET `recorded_at` = `changed_at`, `reason` = 'set by an MLflow client', `actor` = 'mlflow';--> statement-breakpoint
-- What was recorded before says who it was by its reason.
UPDATE `model_transitions` SET `actor` = 'mlflow' WHERE `reason` LIKE '%by an MLflow client';--> statement-breakpoint
UPDATE `model_transitions` SET `actor` = 'pipeline', `actor_name` = 'model_validation'
WHERE `reason` LIKE 'passed its checks in %' OR `reason` LIKE 'replaced by version %: passed its checks in %' OR `reason` LIKE 'version % moved from % to % then';--> statement-breakpoint
UPDATE `model_transitions` SET `actor` = 'pipeline', `actor_name` = 'model_training'
WHERE `reason` LIKE 'trained by %' OR `reason` LIKE 'replaced by version %: trained by %';--> statement-breakpoint
CREATE TRIGGER `model_transitions_stay` BEFORE UPDATE OF `sequence`, `version`, `from_stage`, `to_stage`, `effective_at`, `recorded_at`, `reason`, `actor`, `actor_name`
ON `model_transitions` BEGIN SELECT RAISE(ABORT, 'the history of a model is only added to'); END;--> statement-breakpoint
CREATE TRIGGER `model_transitions_are_kept` BEFORE DELETE ON `model_transitions`
BEGIN SELECT RAISE(ABORT, 'the history of a model is only added to'); END;--> statement-breakpoint
CREATE TRIGGER `model_alias_changes_stay` BEFORE UPDATE OF `sequence`, `alias`, `from_version`, `to_version`, `changed_at`, `recorded_at`, `reason`, `actor`, `actor_name`
ON `model_alias_changes` BEGIN SELECT RAISE(ABORT, 'the history of a model is only added to'); END;--> statement-breakpoint
CREATE TRIGGER `model_alias_changes_are_kept` BEFORE DELETE ON `model_alias_changes`
BEGIN SELECT RAISE(ABORT, 'the history of a model is only added to'); END;

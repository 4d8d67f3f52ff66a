-- Models and experiments of training have the names of the plan: fx-usdsgd-predictor for USD_SGD_direction_h1, and for direction_h1, which
-- held the runs of all pairs, an experiment a pair. What clients registered under a name that is training's now makes room.
UPDATE `registered_models` SET `name` = `name` || '-of-a-client'
WHERE `name` GLOB 'fx-[a-z][a-z][a-z][a-z][a-z][a-z]-predictor' OR `name` GLOB 'fx-[a-z][a-z][a-z][a-z][a-z][a-z]-predictor-h[0-9]*';--> statement-breakpoint
UPDATE `model_versions` SET `name` = `name` || '-of-a-client'
WHERE `name` GLOB 'fx-[a-z][a-z][a-z][a-z][a-z][a-z]-predictor' OR `name` GLOB 'fx-[a-z][a-z][a-z][a-z][a-z][a-z]-predictor-h[0-9]*';--> statement-breakpoint
UPDATE `model_version_tags` SET `name` = `name` || '-of-a-client'
WHERE `name` GLOB 'fx-[a-z][a-z][a-z][a-z][a-z][a-z]-predictor' OR `name` GLOB 'fx-[a-z][a-z][a-z][a-z][a-z][a-z]-predictor-h[0-9]*';--> statement-breakpoint
UPDATE `registered_model_tags` SET `name` = `name` || '-of-a-client'
WHERE `name` GLOB 'fx-[a-z][a-z][a-z][a-z][a-z][a-z]-predictor' OR `name` GLOB 'fx-[a-z][a-z][a-z][a-z][a-z][a-z]-predictor-h[0-9]*';--> statement-breakpoint
UPDATE `registered_model_aliases` SET `name` = `name` || '-of-a-client'
WHERE `name` GLOB 'fx-[a-z][a-z][a-z][a-z][a-z][a-z]-predictor' OR `name` GLOB 'fx-[a-z][a-z][a-z][a-z][a-z][a-z]-predictor-h[0-9]*';--> statement-breakpoint
UPDATE `model_transitions` SET `name` = `name` || '-of-a-client'
WHERE `name` GLOB 'fx-[a-z][a-z][a-z][a-z][a-z][a-z]-predictor' OR `name` GLOB 'fx-[a-z][a-z][a-z][a-z][a-z][a-z]-predictor-h[0-9]*';--> statement-breakpoint
UPDATE `model_alias_changes` SET `name` = `name` || '-of-a-client'
WHERE `name` GLOB 'fx-[a-z][a-z][a-z][a-z][a-z][a-z]-predictor' OR `name` GLOB 'fx-[a-z][a-z][a-z][a-z][a-z][a-z]-predictor-h[0-9]*';--> statement-breakpoint
UPDATE `registered_models` SET `name` = 'fx-' || lower(substr(`name`, 1, 3) || substr(`name`, 5, 3)) || '-predictor'
WHERE `name` GLOB '[A-Z][A-Z][A-Z]_[A-Z][A-Z][A-Z]_direction_h1';--> statement-breakpoint
UPDATE `model_versions` SET `name` = 'fx-' || lower(substr(`name`, 1, 3) || substr(`name`, 5, 3)) || '-predictor'
WHERE `name` GLOB '[A-Z][A-Z][A-Z]_[A-Z][A-Z][A-Z]_direction_h1';--> statement-breakpoint
UPDATE `model_version_tags` SET `name` = 'fx-' || lower(substr(`name`, 1, 3) || substr(`name`, 5, 3)) || '-predictor'
WHERE `name` GLOB '[A-Z][A-Z][A-Z]_[A-Z][A-Z][A-Z]_direction_h1';--> statement-breakpoint
UPDATE `registered_model_tags` SET `name` = 'fx-' || lower(substr(`name`, 1, 3) || substr(`name`, 5, 3)) || '-predictor'
WHERE `name` GLOB '[A-Z][A-Z][A-Z]_[A-Z][A-Z][A-Z]_direction_h1';--> statement-breakpoint
UPDATE `registered_model_aliases` SET `name` = 'fx-' || lower(substr(`name`, 1, 3) || substr(`name`, 5, 3)) || '-predictor'
WHERE `name` GLOB '[A-Z][A-Z][A-Z]_[A-Z][A-Z][A-Z]_direction_h1';--> statement-breakpoint
UPDATE `model_transitions` SET `name` = 'fx-' || lower(substr(`name`, 1, 3) || substr(`name`, 5, 3)) || '-predictor'
WHERE `name` GLOB '[A-Z][A-Z][A-Z]_[A-Z][A-Z][A-Z]_direction_h1';--> statement-breakpoint
UPDATE `model_alias_changes` SET `name` = 'fx-' || lower(substr(`name`, 1, 3) || substr(`name`, 5, 3)) || '-predictor'
WHERE `name` GLOB '[A-Z][A-Z][A-Z]_[A-Z][A-Z][A-Z]_direction_h1';--> statement-breakpoint
-- Logged models say which versions they became.
UPDATE `logged_model_tags` SET `value` = (
	SELECT json_group_array(json_set(`value`, '$.name', CASE WHEN `value` ->> 'name' GLOB '[A-Z][A-Z][A-Z]_[A-Z][A-Z][A-Z]_direction_h1'
		THEN 'fx-' || lower(substr(`value` ->> 'name', 1, 3) || substr(`value` ->> 'name', 5, 3)) || '-predictor' ELSE `value` ->> 'name' END))
	FROM json_each(`logged_model_tags`.`value`)
) WHERE `key` = 'mlflow.modelVersions' AND `value` LIKE '%\_direction\_h1"%' ESCAPE '\'
	AND CASE WHEN json_valid(`value`) THEN json_type(`value`) = 'array'
		AND NOT EXISTS (SELECT 1 FROM json_each(`logged_model_tags`.`value`) WHERE `type` <> 'object') ELSE 0 END;--> statement-breakpoint
-- The age of a model is one series, and its alert ends where it began.
UPDATE `monitor_readings` SET `subject` = 'fx-' || lower(substr(`subject`, 1, 3) || substr(`subject`, 5, 3)) || '-predictor'
WHERE `subject` GLOB '[A-Z][A-Z][A-Z]_[A-Z][A-Z][A-Z]_direction_h1';--> statement-breakpoint
UPDATE `alerts` SET
	`fingerprint` = replace(`fingerprint`, `subject`, 'fx-' || lower(substr(`subject`, 1, 3) || substr(`subject`, 5, 3)) || '-predictor'),
	`summary` = replace(`summary`, `subject`, 'fx-' || lower(substr(`subject`, 1, 3) || substr(`subject`, 5, 3)) || '-predictor'),
	`subject` = 'fx-' || lower(substr(`subject`, 1, 3) || substr(`subject`, 5, 3)) || '-predictor'
WHERE `subject` GLOB '[A-Z][A-Z][A-Z]_[A-Z][A-Z][A-Z]_direction_h1';--> statement-breakpoint
INSERT INTO `experiments` (`name`, `artifact_location`, `creation_time`, `last_update_time`)
SELECT 'fx-prediction-' || lower(substr(t.`value`, 1, 3) || substr(t.`value`, 5, 3)), '', min(r.`start_time`), max(r.`start_time`)
FROM `runs` AS r JOIN `run_tags` AS t ON t.`run_id` = r.`run_id` AND t.`key` = 'instrument'
WHERE r.`experiment_id` = (SELECT `experiment_id` FROM `experiments` WHERE `name` = 'direction_h1')
	AND r.`artifact_uri` LIKE 'models/%' AND t.`value` GLOB '[A-Z][A-Z][A-Z]_[A-Z][A-Z][A-Z]'
GROUP BY t.`value` ORDER BY min(r.`start_time`), t.`value`
ON CONFLICT (`name`) DO UPDATE SET `lifecycle_stage` = 'active';--> statement-breakpoint
UPDATE `experiments` SET `artifact_location` = 'mlflow-artifacts:/' || `experiment_id` WHERE `artifact_location` = '';--> statement-breakpoint
UPDATE `runs` SET `experiment_id` = e.`experiment_id`
FROM `run_tags` AS t JOIN `experiments` AS e ON e.`name` = 'fx-prediction-' || lower(substr(t.`value`, 1, 3) || substr(t.`value`, 5, 3))
WHERE t.`run_id` = `runs`.`run_id` AND t.`key` = 'instrument' AND t.`value` GLOB '[A-Z][A-Z][A-Z]_[A-Z][A-Z][A-Z]'
	AND `runs`.`experiment_id` = (SELECT `experiment_id` FROM `experiments` WHERE `name` = 'direction_h1') AND `runs`.`artifact_uri` LIKE 'models/%';--> statement-breakpoint
-- By these it is known that a search in it means the experiments of all pairs (experimentsMeant.ts).
INSERT INTO `experiment_tags` (`experiment_id`, `key`, `value`)
SELECT `experiment_id`, `column1`, `column2` FROM `experiments`, (VALUES ('fx.successors', 'fx-prediction-[a-z][a-z][a-z][a-z][a-z][a-z]'),
	('mlflow.note.content', 'Each pair has an experiment of its own: fx-prediction-usdsgd and so on. A search in this one finds the runs of all.'))
WHERE `name` = 'direction_h1'
ON CONFLICT DO NOTHING;

ALTER TABLE `articles` ALTER COLUMN "url" TO "url" text;--> statement-breakpoint
ALTER TABLE `articles` ALTER COLUMN "canonical_url" TO "canonical_url" text;--> statement-breakpoint
ALTER TABLE `articles` ADD `published_raw` text;--> statement-breakpoint
ALTER TABLE `articles` ADD `published_problem` text;

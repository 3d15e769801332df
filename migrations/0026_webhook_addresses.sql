-- safe under running version: yes, because a column with a default, and one that may be null from now on and that it
-- never reads, change nothing for it. It knows addresses of before alone, also where they were taken back meanwhile.
ALTER TABLE "suppressions" ALTER COLUMN "by_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "webhook_generation" integer DEFAULT 0 NOT NULL;

-- safe under running version: yes, because it only adds tables.
CREATE TABLE "callback_deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"endpoint_id" text NOT NULL,
	"action_id" text NOT NULL,
	"version" integer NOT NULL,
	"type" text NOT NULL,
	"url" text NOT NULL,
	"body" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"replayed" boolean DEFAULT false NOT NULL,
	"last_status" integer,
	"last_failure" text,
	"next_try_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"delivered_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "callback_endpoints" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"proposer_id" text NOT NULL,
	"url" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_success_at" timestamp (3) with time zone,
	"failing_since" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"paused_until" timestamp (3) with time zone,
	"disabled_at" timestamp (3) with time zone,
	"disabled_why" text
);
--> statement-breakpoint
CREATE TABLE "callback_secrets" (
	"owner_id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"current" text NOT NULL,
	"previous" text,
	"previous_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE UNIQUE INDEX "callback_deliveries_version" ON "callback_deliveries" USING btree ("workspace_id","action_id","version");--> statement-breakpoint
CREATE INDEX "callback_deliveries_endpoint" ON "callback_deliveries" USING btree ("endpoint_id","id");--> statement-breakpoint
CREATE INDEX "callback_deliveries_due" ON "callback_deliveries" USING btree ("next_try_at") WHERE next_try_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "callback_endpoints_url" ON "callback_endpoints" USING btree ("workspace_id","proposer_id","url");
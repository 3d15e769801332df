-- safe under running version: yes, because it adds tables that the running version knows nothing of, and a column that it
-- leaves null.
CREATE TABLE "notices" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"once" text NOT NULL,
	"version" integer NOT NULL,
	"body" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"by_id" text,
	"answer" text
);
--> statement-breakpoint
CREATE TABLE "promotions" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"scope" text NOT NULL,
	"scenario" text NOT NULL,
	"agent_id" text NOT NULL,
	"agent_version" text NOT NULL,
	"to_level" smallint NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"dossier" jsonb NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"by_id" text,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "standing_consents" (
	"workspace_id" text NOT NULL,
	"category" text NOT NULL,
	"up_to" smallint NOT NULL,
	"by_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"withdrawn_why" text,
	CONSTRAINT "standing_consents_workspace_id_category_pk" PRIMARY KEY("workspace_id","category")
);
--> statement-breakpoint
CREATE TABLE "standing_versions" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "standings" (
	"workspace_id" text NOT NULL,
	"scope" text NOT NULL,
	"scenario" text NOT NULL,
	"agent_id" text NOT NULL,
	"agent_version" text NOT NULL,
	"is_proven" boolean NOT NULL,
	"level" smallint NOT NULL,
	"tier" text NOT NULL,
	"is_locked" boolean NOT NULL,
	"epoch" bigint NOT NULL,
	"by_id" text,
	"at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone,
	"first_at" timestamp (3) with time zone,
	"reclaimed" smallint,
	"left_high_at" timestamp (3) with time zone,
	"review_left" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "standings_workspace_id_scope_scenario_agent_id_pk" PRIMARY KEY("workspace_id","scope","scenario","agent_id")
);
--> statement-breakpoint
ALTER TABLE "trust_scopes" ADD COLUMN "drops" jsonb;--> statement-breakpoint
CREATE UNIQUE INDEX "notices_once" ON "notices" USING btree ("workspace_id","kind","once");--> statement-breakpoint
CREATE INDEX "promotions_of" ON "promotions" USING btree ("workspace_id","scope","scenario","agent_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "promotions_open" ON "promotions" USING btree ("workspace_id","scope","scenario","agent_id") WHERE state = 'open';
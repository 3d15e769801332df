-- safe under running version: yes, because it only adds tables that the running version knows nothing of, and an index that it does not miss.
CREATE TABLE "trust_cells" (
	"workspace_id" text NOT NULL,
	"scope" text NOT NULL,
	"scenario" text NOT NULL,
	"agent_version" text NOT NULL,
	"agent_id" text NOT NULL,
	"wording" text NOT NULL,
	"wording_changes" integer NOT NULL,
	"version" integer NOT NULL,
	"state" jsonb NOT NULL,
	"counted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "trust_cells_workspace_id_scope_scenario_agent_version_pk" PRIMARY KEY("workspace_id","scope","scenario","agent_version")
);
--> statement-breakpoint
CREATE TABLE "trust_days" (
	"workspace_id" text NOT NULL,
	"scope" text NOT NULL,
	"scenario" text NOT NULL,
	"agent_version" text NOT NULL,
	"day" integer NOT NULL,
	"wording_changes" integer NOT NULL,
	"decisions" bigint NOT NULL,
	"approval_quarters" bigint NOT NULL,
	"rejections" bigint NOT NULL,
	"quality_quarter_micros" bigint NOT NULL,
	"confidence_quarter_micros" bigint NOT NULL,
	"severity_micros" bigint NOT NULL,
	CONSTRAINT "trust_days_pk" PRIMARY KEY("workspace_id","scope","day","scenario","agent_version","wording_changes")
);
--> statement-breakpoint
CREATE TABLE "trust_scopes" (
	"workspace_id" text NOT NULL,
	"scope" text NOT NULL,
	"tier" jsonb NOT NULL,
	"penalty" jsonb NOT NULL,
	"lock" jsonb,
	"last_day" integer NOT NULL,
	CONSTRAINT "trust_scopes_workspace_id_scope_pk" PRIMARY KEY("workspace_id","scope")
);
--> statement-breakpoint
CREATE INDEX "decisions_pressed" ON "decisions" USING btree ("workspace_id","by_id","at") WHERE via = 'slack';
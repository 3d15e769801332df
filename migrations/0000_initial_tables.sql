-- safe under running version: yes, because nothing ran before it.
CREATE TABLE "action_states" (
	"action_id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"revision" integer NOT NULL,
	"due_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"remind_at" timestamp (3) with time zone,
	"reminders" smallint DEFAULT 0 NOT NULL,
	"escalated" boolean DEFAULT false NOT NULL,
	"snoozed_until" timestamp (3) with time zone,
	"run_at" timestamp (3) with time zone,
	"lease_until" timestamp (3) with time zone,
	"undo_until" timestamp (3) with time zone,
	"attempt" integer DEFAULT 0 NOT NULL,
	"tries" smallint DEFAULT 0 NOT NULL,
	"look_ups" smallint DEFAULT 0 NOT NULL,
	"workspace_epoch" bigint NOT NULL,
	"scope_epoch" bigint NOT NULL,
	"accepted_outcome" text,
	"approved" boolean DEFAULT false NOT NULL,
	"budget_window" text,
	"amount_minor" bigint DEFAULT 0 NOT NULL,
	"remark" jsonb,
	"superseded_by" text,
	"executed_at" timestamp (3) with time zone,
	"undone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "actions" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"proposer_id" text NOT NULL,
	"proposer_name" text NOT NULL,
	"agent_id" text,
	"kind" text NOT NULL,
	"platform" text NOT NULL,
	"connection_id" text NOT NULL,
	"category" text NOT NULL,
	"channel" text NOT NULL,
	"scenario" text NOT NULL,
	"reason" text NOT NULL,
	"requested_by" jsonb,
	"evidence" jsonb NOT NULL,
	"agent_cost" jsonb,
	"confidence" double precision,
	"labels" jsonb NOT NULL,
	"fingerprint" jsonb NOT NULL,
	"slot_at" timestamp (3) with time zone,
	"given_expiry" timestamp (3) with time zone,
	"supersedes" text,
	"plan_id" text,
	"step" integer,
	"steps" integer,
	"callback_url" text,
	"dry_run" boolean DEFAULT false NOT NULL,
	"idempotency_key" text NOT NULL,
	"body_digest" text NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agents" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"kinds" text[] NOT NULL,
	"key_hash" text NOT NULL,
	"key_prefix" text NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"disabled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "budgets" (
	"workspace_id" text NOT NULL,
	"window" text NOT NULL,
	"reserved" bigint DEFAULT 0 NOT NULL,
	"committed" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "budgets_workspace_id_window_pk" PRIMARY KEY("workspace_id","window")
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"platform" text NOT NULL,
	"name" text NOT NULL,
	"credentials" text NOT NULL,
	"state" text DEFAULT 'live' NOT NULL,
	"sandbox" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "control" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"epoch" bigint DEFAULT 1 NOT NULL,
	"policy_version" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"action_id" text NOT NULL,
	"decision" text NOT NULL,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"via" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"payload_hash" text NOT NULL,
	"revision" integer NOT NULL,
	"policy_version" integer NOT NULL,
	"severity" text,
	"reason" text,
	"outside" boolean DEFAULT false NOT NULL,
	"changes" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exceptions" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"action_id" text,
	"source" text NOT NULL,
	"says" text NOT NULL,
	"options" text[] NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolved_by" text,
	"resolution" text
);
--> statement-breakpoint
CREATE TABLE "executions" (
	"workspace_id" text NOT NULL,
	"action_id" text NOT NULL,
	"attempt" integer NOT NULL,
	"direction" text NOT NULL,
	"state" text NOT NULL,
	"before" jsonb NOT NULL,
	"request_digest" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"receipt" jsonb,
	"error" jsonb,
	CONSTRAINT "executions_action_id_attempt_pk" PRIMARY KEY("action_id","attempt")
);
--> statement-breakpoint
CREATE TABLE "feedback" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"proposer_id" text NOT NULL,
	"action_id" text NOT NULL,
	"kind" text NOT NULL,
	"category" text NOT NULL,
	"decision" text NOT NULL,
	"severity" text,
	"says" text NOT NULL,
	"changes" jsonb NOT NULL,
	"advice" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"workspace_id" text NOT NULL,
	"scope" text NOT NULL,
	"level" smallint NOT NULL,
	"epoch" bigint DEFAULT 1 NOT NULL,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone,
	"reason" text,
	CONSTRAINT "grants_workspace_id_scope_pk" PRIMARY KEY("workspace_id","scope")
);
--> statement-breakpoint
CREATE TABLE "ledger_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledger_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace_id" text NOT NULL,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"subject" text NOT NULL,
	"subject_version" integer NOT NULL,
	"type" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"body" text NOT NULL,
	"digest" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "link_codes" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"member_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "members" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"slack_user_id" text,
	"token_hash" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"disabled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"slot" text NOT NULL,
	"channel" text,
	"ts" text,
	"digest" text,
	"claimed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "messages_workspace_id_subject_slot_pk" PRIMARY KEY("workspace_id","subject","slot")
);
--> statement-breakpoint
CREATE TABLE "payloads" (
	"workspace_id" text NOT NULL,
	"action_id" text NOT NULL,
	"revision" integer NOT NULL,
	"input" jsonb NOT NULL,
	"facts" jsonb,
	"hash" text,
	"scope" text NOT NULL,
	"band" text,
	"people" integer,
	"list_size" integer,
	"amount_minor" bigint NOT NULL,
	"level" jsonb,
	"ceiling" smallint NOT NULL,
	"verdict" jsonb,
	"preview" jsonb NOT NULL,
	"policy_version" integer NOT NULL,
	"edited_by" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "payloads_action_id_revision_pk" PRIMARY KEY("action_id","revision")
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"proposer_id" text NOT NULL,
	"title" text NOT NULL,
	"reason" text NOT NULL,
	"requested_by" jsonb,
	"steps" integer NOT NULL,
	"idempotency_key" text NOT NULL,
	"body_digest" text NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"workspace_id" text NOT NULL,
	"version" integer NOT NULL,
	"document" jsonb NOT NULL,
	"hash" text NOT NULL,
	"by_name" text NOT NULL,
	"note" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "policies_workspace_id_version_pk" PRIMARY KEY("workspace_id","version")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"workspace_id" text NOT NULL,
	"key" text NOT NULL,
	"arrives_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rate_limits_workspace_id_key_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "seen_requests" (
	"signature" text PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "slack_teams" (
	"team_id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"bot_token" text
);
--> statement-breakpoint
CREATE TABLE "switches" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"target_kind" text NOT NULL,
	"target_value" text,
	"reason" text,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"lifted_at" timestamp (3) with time zone,
	"lifted_by" text,
	"lifted_reason" text
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"locale" text NOT NULL,
	"currency" text NOT NULL,
	"approvals_channel" text NOT NULL,
	"home" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "action_states" ADD CONSTRAINT "action_states_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "executions" ADD CONSTRAINT "executions_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payloads" ADD CONSTRAINT "payloads_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "action_states_due" ON "action_states" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "action_states_open" ON "action_states" USING btree ("workspace_id","state") WHERE state not in ('settled', 'undone', 'blocked', 'observed', 'rejected', 'expired', 'cancelled', 'superseded', 'failed');--> statement-breakpoint
CREATE UNIQUE INDEX "actions_idempotency" ON "actions" USING btree ("workspace_id","proposer_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "actions_newest" ON "actions" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "actions_plan" ON "actions" USING btree ("plan_id");--> statement-breakpoint
CREATE UNIQUE INDEX "agents_name" ON "agents" USING btree ("workspace_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "connections_name" ON "connections" USING btree ("workspace_id","platform","name");--> statement-breakpoint
CREATE INDEX "decisions_action" ON "decisions" USING btree ("action_id");--> statement-breakpoint
CREATE INDEX "exceptions_action" ON "exceptions" USING btree ("action_id");--> statement-breakpoint
CREATE INDEX "feedback_newest" ON "feedback" USING btree ("workspace_id","proposer_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_events_subject" ON "ledger_events" USING btree ("workspace_id","subject","subject_version");--> statement-breakpoint
CREATE UNIQUE INDEX "members_email" ON "members" USING btree ("workspace_id","email");--> statement-breakpoint
CREATE UNIQUE INDEX "members_slack_user" ON "members" USING btree ("workspace_id","slack_user_id");--> statement-breakpoint
CREATE INDEX "messages_place" ON "messages" USING btree ("workspace_id","channel","ts");--> statement-breakpoint
CREATE UNIQUE INDEX "plans_idempotency" ON "plans" USING btree ("workspace_id","proposer_id","idempotency_key");
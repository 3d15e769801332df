-- safe under running version: yes, because it adds tables and columns that the running version knows nothing of.
CREATE TABLE "policy_confirmations" (
	"workspace_id" text NOT NULL,
	"version" integer NOT NULL,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "policy_confirmations_workspace_id_version_by_id_pk" PRIMARY KEY("workspace_id","version","by_id")
);
--> statement-breakpoint
CREATE TABLE "policy_trials" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"version" integer NOT NULL,
	"when" jsonb NOT NULL,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "rejected_payloads" (
	"workspace_id" text NOT NULL,
	"digest" text NOT NULL,
	"action_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"why" text,
	CONSTRAINT "rejected_payloads_workspace_id_digest_pk" PRIMARY KEY("workspace_id","digest")
);
--> statement-breakpoint
CREATE TABLE "sent_texts" (
	"workspace_id" text NOT NULL,
	"action_id" text PRIMARY KEY NOT NULL,
	"text" text NOT NULL,
	"audience" text NOT NULL,
	"channel" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "action_states" ADD COLUMN "charges" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "carried" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "spent" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "policies" ADD COLUMN "by_id" text;--> statement-breakpoint
ALTER TABLE "policies" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "policies" ADD COLUMN "waits" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "sent_texts_audience" ON "sent_texts" USING btree ("workspace_id","audience","text");--> statement-breakpoint
CREATE INDEX "sent_texts_channel" ON "sent_texts" USING btree ("workspace_id","channel");--> statement-breakpoint
alter table policy_confirmations enable row level security;--> statement-breakpoint
alter table policy_confirmations force row level security;--> statement-breakpoint
create policy own_workspace on policy_confirmations to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on policy_confirmations to tenure_system using (true) with check (true);--> statement-breakpoint
grant select, insert on policy_confirmations to tenure_app;--> statement-breakpoint
alter table rejected_payloads enable row level security;--> statement-breakpoint
alter table rejected_payloads force row level security;--> statement-breakpoint
create policy own_workspace on rejected_payloads to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on rejected_payloads to tenure_system using (true) with check (true);--> statement-breakpoint
grant select, insert, update, delete on rejected_payloads to tenure_app;--> statement-breakpoint
alter table sent_texts enable row level security;--> statement-breakpoint
alter table sent_texts force row level security;--> statement-breakpoint
create policy own_workspace on sent_texts to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on sent_texts to tenure_system using (true) with check (true);--> statement-breakpoint
grant select, insert on sent_texts to tenure_app;--> statement-breakpoint
alter table policy_trials enable row level security;--> statement-breakpoint
alter table policy_trials force row level security;--> statement-breakpoint
create policy own_workspace on policy_trials to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on policy_trials to tenure_system using (true) with check (true);--> statement-breakpoint
grant select, insert, update on policy_trials to tenure_app;--> statement-breakpoint
create trigger configured after insert or update on policy_trials for each row execute function tenure_configured();

-- safe under running version: yes, because it adds a table, columns that have a default or may be null, and triggers
-- that count a version which the running version reads already.
CREATE TABLE "delegations" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"from_id" text NOT NULL,
	"to_id" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"reason" text,
	"by_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text
);
--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "channels" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "max_amount_minor" bigint;--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "rate_per_hour" integer;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "on_behalf_of" text;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "on_behalf_of_name" text;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "limits" jsonb;--> statement-breakpoint
ALTER TABLE "switches" ADD COLUMN "mode" text DEFAULT 'stop' NOT NULL;--> statement-breakpoint
ALTER TABLE "switches" ADD COLUMN "until" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "delegations_latest" ON "delegations" USING btree ("workspace_id","ends_at");--> statement-breakpoint
alter table delegations enable row level security;--> statement-breakpoint
alter table delegations force row level security;--> statement-breakpoint
create policy own_workspace on delegations to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on delegations to tenure_system using (true) with check (true);--> statement-breakpoint
grant select, insert, update (ended_at, ended_by) on delegations to tenure_app;--> statement-breakpoint
-- Who may decide what is part of the snapshot: a member who was limited or sent away decides nothing on an older one.
create trigger configured after insert or delete or update of name, email, role, slack_user_id, limits, disabled_at on members for each row execute function tenure_configured();--> statement-breakpoint
create trigger configured after insert or update or delete on delegations for each row execute function tenure_configured();--> statement-breakpoint
drop trigger configured on agents;--> statement-breakpoint
create trigger configured after insert or delete or update of kinds, channels, max_amount_minor, rate_per_hour, created_by, disabled_at on agents for each row execute function tenure_configured();

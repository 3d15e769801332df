CREATE TABLE "outcomes" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"action_id" text NOT NULL,
	"metric" text NOT NULL,
	"value" double precision NOT NULL,
	"measured_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"by_id" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "outcomes" ADD CONSTRAINT "outcomes_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "outcomes_once" ON "outcomes" USING btree ("action_id","metric","measured_at");--> statement-breakpoint
CREATE INDEX "outcomes_newest" ON "outcomes" USING btree ("workspace_id","action_id");--> statement-breakpoint
alter table outcomes enable row level security;--> statement-breakpoint
alter table outcomes force row level security;--> statement-breakpoint
create policy own_workspace on outcomes to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on outcomes to tenure_system using (true) with check (true);--> statement-breakpoint
grant select, insert on outcomes to tenure_app;

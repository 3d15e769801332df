-- safe under running version: yes, because it adds a table that the running version knows nothing of.
CREATE TABLE "judgements" (
	"workspace_id" text NOT NULL,
	"digest" text NOT NULL,
	"fits" boolean NOT NULL,
	"says" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "judgements_workspace_id_digest_pk" PRIMARY KEY("workspace_id","digest")
);
--> statement-breakpoint
CREATE INDEX "judgements_oldest" ON "judgements" USING btree ("workspace_id","at");--> statement-breakpoint
alter table judgements enable row level security;--> statement-breakpoint
alter table judgements force row level security;--> statement-breakpoint
create policy own_workspace on judgements to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on judgements to tenure_system using (true) with check (true);--> statement-breakpoint
grant select, insert, delete on judgements to tenure_app;

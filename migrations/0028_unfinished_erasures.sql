-- safe under running version: yes, because it only adds a table that it does not know, and lets more be done.
CREATE TABLE "unfinished_erasures" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "unfinished_erasures_workspace_id_subject_pk" PRIMARY KEY("workspace_id","subject")
);--> statement-breakpoint
alter table unfinished_erasures enable row level security;--> statement-breakpoint
alter table unfinished_erasures force row level security;--> statement-breakpoint
create policy own_workspace on unfinished_erasures to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on unfinished_erasures to tenure_system using (true) with check (true);--> statement-breakpoint
grant select, insert, delete on unfinished_erasures to tenure_app;--> statement-breakpoint
grant select on unfinished_erasures to tenure_system;--> statement-breakpoint
-- What names a person who is forgotten loses its words wherever people may write some.
grant update (labels, idempotency_key) on actions to tenure_system;--> statement-breakpoint
grant update (reason) on delegations to tenure_app;

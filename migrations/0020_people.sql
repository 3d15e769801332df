-- safe under running version: yes, because it only adds tables that the running version does not know.
CREATE TABLE "consents" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"person_id" text NOT NULL,
	"channel" text NOT NULL,
	"standing" text NOT NULL,
	"source" text NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"by_id" text
);
--> statement-breakpoint
CREATE TABLE "exposures" (
	"workspace_id" text NOT NULL,
	"action_id" text NOT NULL,
	"place" integer NOT NULL,
	"person_id" text NOT NULL,
	"channel" text NOT NULL,
	"agent_id" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "exposures_action_id_place_pk" PRIMARY KEY("action_id","place")
);
--> statement-breakpoint
CREATE TABLE "suppressions" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"digest" text NOT NULL,
	"kind" text NOT NULL,
	"channel" text,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by_id" text NOT NULL,
	"lifted_at" timestamp (3) with time zone,
	"lifted_by" text
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person_identifiers" (
	"workspace_id" text NOT NULL,
	"digest" text NOT NULL,
	"kind" text NOT NULL,
	"person_id" text NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "person_identifiers_digest_workspace_id_pk" PRIMARY KEY("digest","workspace_id")
);
--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exposures" ADD CONSTRAINT "exposures_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exposures" ADD CONSTRAINT "exposures_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_identifiers" ADD CONSTRAINT "person_identifiers_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consents_newest" ON "consents" USING btree ("person_id","channel","said_at");--> statement-breakpoint
CREATE INDEX "exposures_of_person" ON "exposures" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "suppressions_in_force" ON "suppressions" USING btree ("digest") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "person_identifiers_of_person" ON "person_identifiers" USING btree ("person_id");--> statement-breakpoint
alter table people enable row level security;--> statement-breakpoint
alter table people force row level security;--> statement-breakpoint
create policy own_workspace on people to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on people to tenure_system using (true) with check (true);--> statement-breakpoint
alter table person_identifiers enable row level security;--> statement-breakpoint
alter table person_identifiers force row level security;--> statement-breakpoint
create policy own_workspace on person_identifiers to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on person_identifiers to tenure_system using (true) with check (true);--> statement-breakpoint
alter table consents enable row level security;--> statement-breakpoint
alter table consents force row level security;--> statement-breakpoint
create policy own_workspace on consents to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on consents to tenure_system using (true) with check (true);--> statement-breakpoint
alter table suppressions enable row level security;--> statement-breakpoint
alter table suppressions force row level security;--> statement-breakpoint
create policy own_workspace on suppressions to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on suppressions to tenure_system using (true) with check (true);--> statement-breakpoint
alter table exposures enable row level security;--> statement-breakpoint
alter table exposures force row level security;--> statement-breakpoint
create policy own_workspace on exposures to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on exposures to tenure_system using (true) with check (true);--> statement-breakpoint
-- Rows change hands when two people turn out to be one, and go when one is forgotten; a suppression is only ever lifted.
grant select, insert, delete on people, consents, exposures, person_identifiers to tenure_app;--> statement-breakpoint
grant update (person_id) on consents, exposures to tenure_app;--> statement-breakpoint
grant update (person_id, seen_at) on person_identifiers to tenure_app;--> statement-breakpoint
grant select, insert on suppressions to tenure_app;--> statement-breakpoint
grant update (lifted_at, lifted_by) on suppressions to tenure_app;

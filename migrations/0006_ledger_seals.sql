-- safe under running version: yes, because it only adds tables, and an index that a running version does not miss.
CREATE TABLE "ledger_details" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"subject_version" integer NOT NULL,
	"salt" text NOT NULL,
	"detail" text NOT NULL,
	CONSTRAINT "ledger_details_workspace_id_subject_subject_version_pk" PRIMARY KEY("workspace_id","subject","subject_version")
);
--> statement-breakpoint
CREATE TABLE "ledger_seals" (
	"workspace_id" text NOT NULL,
	"batch" integer NOT NULL,
	"previous" text NOT NULL,
	"head" text NOT NULL,
	"text" text NOT NULL,
	"signature" text NOT NULL,
	"public_key" text NOT NULL,
	"leaves" text NOT NULL,
	"last_tx" "xid8" DEFAULT '0' NOT NULL,
	"last_id" bigint DEFAULT 0 NOT NULL,
	"era_from" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "ledger_seals_workspace_id_batch_pk" PRIMARY KEY("workspace_id","batch")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_seals_chain" ON "ledger_seals" USING btree ("workspace_id","previous");--> statement-breakpoint
CREATE INDEX "ledger_events_order" ON "ledger_events" USING btree ("workspace_id","tx","id");
-- safe under running version: yes, because it only adds a table.
CREATE TABLE "canaries" (
	"probe" text PRIMARY KEY NOT NULL,
	"value" integer NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL
);

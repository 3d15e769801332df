-- safe under running version: yes, because columns with a default, or which may be null, change nothing that it reads or
-- writes. Whom it adds meanwhile counts as themselves, like everybody before.
ALTER TABLE "agents" ADD COLUMN "key_hands" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "token_hands" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "token_own_since" timestamp (3) with time zone;--> statement-breakpoint
-- In whose hands a token is is part of the snapshot: nobody decides with it on an older one.
drop trigger configured on members;--> statement-breakpoint
create trigger configured after insert or delete or update of name, email, role, slack_user_id, limits, token_hands, token_own_since, disabled_at on members for each row execute function tenure_configured();

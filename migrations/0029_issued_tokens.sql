-- safe under running version: yes, because a column with a default changes nothing that it reads or writes. Until it ends,
-- what was done with a token that is replaced meanwhile counts there as done with the new one.
ALTER TABLE "members" ADD COLUMN "former_tokens" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
-- In whose hands a token was is part of the snapshot too.
drop trigger configured on members;--> statement-breakpoint
create trigger configured after insert or delete or update of name, email, role, slack_user_id, limits, token_hands, token_own_since, former_tokens, disabled_at on members for each row execute function tenure_configured();

-- safe under running version: yes, because it only lets more be done.
-- What names a person who is forgotten loses its words, not its place: the ledger keeps the hash of what it was.
grant update (reason, requested_by, evidence, question) on actions to tenure_system;--> statement-breakpoint
grant update (input, facts, preview, verdict) on payloads to tenure_system;--> statement-breakpoint
grant update (reason, changes) on decisions to tenure_system;

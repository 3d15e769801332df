-- safe under running version: yes, because it reads by the other indexes, and both lists are short enough to be read while
-- nobody adds to them.
CREATE INDEX "action_states_undone" ON "action_states" USING btree ("workspace_id","undone_at") WHERE state = 'undone';--> statement-breakpoint
CREATE INDEX "consents_withdrawn" ON "consents" USING btree (("workspace_id" || ''),"channel","source") WHERE standing = 'withdrawn';

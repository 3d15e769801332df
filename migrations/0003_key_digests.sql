-- safe under running version: yes, because digests of keys were unique before.
CREATE UNIQUE INDEX "agents_key" ON "agents" USING btree ("workspace_id","key_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "members_token" ON "members" USING btree ("workspace_id","token_hash");
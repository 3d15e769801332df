-- safe under running version: yes, because the running version knows nothing of these tables.
-- Kept by a workspace's own moves, and recomputed from its ledger, which takes the right to delete; no other role has business here.
alter table trust_cells enable row level security;--> statement-breakpoint
alter table trust_cells force row level security;--> statement-breakpoint
create policy own_workspace on trust_cells to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on trust_cells to tenure_system using (true) with check (true);--> statement-breakpoint
alter table trust_days enable row level security;--> statement-breakpoint
alter table trust_days force row level security;--> statement-breakpoint
create policy own_workspace on trust_days to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on trust_days to tenure_system using (true) with check (true);--> statement-breakpoint
alter table trust_scopes enable row level security;--> statement-breakpoint
alter table trust_scopes force row level security;--> statement-breakpoint
create policy own_workspace on trust_scopes to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on trust_scopes to tenure_system using (true) with check (true);--> statement-breakpoint
grant select, insert, update, delete on trust_cells, trust_days, trust_scopes to tenure_app;

-- safe under running version: yes, the running version knows nothing of these tables.
alter table callback_endpoints enable row level security;--> statement-breakpoint
alter table callback_endpoints force row level security;--> statement-breakpoint
create policy own_workspace on callback_endpoints to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on callback_endpoints to tenure_system using (true) with check (true);--> statement-breakpoint
alter table callback_deliveries enable row level security;--> statement-breakpoint
alter table callback_deliveries force row level security;--> statement-breakpoint
create policy own_workspace on callback_deliveries to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on callback_deliveries to tenure_system using (true) with check (true);--> statement-breakpoint
alter table callback_secrets enable row level security;--> statement-breakpoint
alter table callback_secrets force row level security;--> statement-breakpoint
create policy own_workspace on callback_secrets to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on callback_secrets to tenure_system using (true) with check (true);--> statement-breakpoint
grant select, insert, update on callback_endpoints, callback_deliveries, callback_secrets to tenure_app;--> statement-breakpoint
-- The sweep takes what is due and forgets what is old; secrets are none of its business.
grant select on callback_endpoints to tenure_system;--> statement-breakpoint
grant select, update, delete on callback_deliveries to tenure_system;

-- safe under running version: yes, because the running version knows neither table and never changes a ledger event.
-- A workspace reads its seals and keeps, reads and erases its details; only the sealer's role writes seals, and the key
-- that signs them is not in the database.
alter table ledger_seals enable row level security;--> statement-breakpoint
alter table ledger_seals force row level security;--> statement-breakpoint
create policy own_workspace on ledger_seals to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on ledger_seals to tenure_system using (true) with check (true);--> statement-breakpoint
alter table ledger_details enable row level security;--> statement-breakpoint
alter table ledger_details force row level security;--> statement-breakpoint
create policy own_workspace on ledger_details to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on ledger_details to tenure_system using (true) with check (true);--> statement-breakpoint
grant select on ledger_seals to tenure_app;--> statement-breakpoint
grant select, insert on ledger_seals to tenure_system;--> statement-breakpoint
grant select, insert, delete on ledger_details to tenure_app;--> statement-breakpoint
grant select on ledger_details to tenure_system;--> statement-breakpoint
-- A belt for those whom no right binds: an owner who means it has to disable the trigger first.
create function tenure_append_only() returns trigger language plpgsql as
  $$ begin raise exception '% is append-only', tg_table_name using errcode = '42501'; end $$;--> statement-breakpoint
create trigger append_only before update or delete on ledger_events for each statement execute function tenure_append_only();--> statement-breakpoint
create trigger append_only before update or delete on ledger_seals for each statement execute function tenure_append_only();

-- safe under running version: yes, because nothing ran before it.
-- tenure_app serves one workspace at a time (named in tenure.workspaces, transaction-local); tenure_system sweeps across
-- workspaces. Neither can log in: the connecting user takes the role at the start of every transaction, because a
-- superuser, an owner and PGlite's user would pass every policy.
do $$ begin create role tenure_app nologin nobypassrls; exception when duplicate_object or unique_violation then null; end $$;--> statement-breakpoint
do $$ begin create role tenure_system nologin nobypassrls; exception when duplicate_object or unique_violation then null; end $$;--> statement-breakpoint
do $$ begin
  if not pg_has_role(current_user, 'tenure_app', 'member') then grant tenure_app, tenure_system to current_user; end if;
end $$;--> statement-breakpoint
grant usage on schema public to tenure_app, tenure_system;--> statement-breakpoint
create function tenure_workspaces() returns text[] language sql stable parallel safe as
  $$ select string_to_array(coalesce(current_setting('tenure.workspaces', true), ''), ',') $$;--> statement-breakpoint
alter table workspaces enable row level security;--> statement-breakpoint
alter table workspaces force row level security;--> statement-breakpoint
create policy own_workspace on workspaces to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on workspaces to tenure_system using (true) with check (true);--> statement-breakpoint
alter table members enable row level security;--> statement-breakpoint
alter table members force row level security;--> statement-breakpoint
create policy own_workspace on members to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on members to tenure_system using (true) with check (true);--> statement-breakpoint
alter table link_codes enable row level security;--> statement-breakpoint
alter table link_codes force row level security;--> statement-breakpoint
create policy own_workspace on link_codes to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on link_codes to tenure_system using (true) with check (true);--> statement-breakpoint
alter table agents enable row level security;--> statement-breakpoint
alter table agents force row level security;--> statement-breakpoint
create policy own_workspace on agents to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on agents to tenure_system using (true) with check (true);--> statement-breakpoint
alter table connections enable row level security;--> statement-breakpoint
alter table connections force row level security;--> statement-breakpoint
create policy own_workspace on connections to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on connections to tenure_system using (true) with check (true);--> statement-breakpoint
alter table policies enable row level security;--> statement-breakpoint
alter table policies force row level security;--> statement-breakpoint
create policy own_workspace on policies to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on policies to tenure_system using (true) with check (true);--> statement-breakpoint
alter table grants enable row level security;--> statement-breakpoint
alter table grants force row level security;--> statement-breakpoint
create policy own_workspace on grants to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on grants to tenure_system using (true) with check (true);--> statement-breakpoint
alter table budgets enable row level security;--> statement-breakpoint
alter table budgets force row level security;--> statement-breakpoint
create policy own_workspace on budgets to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on budgets to tenure_system using (true) with check (true);--> statement-breakpoint
alter table plans enable row level security;--> statement-breakpoint
alter table plans force row level security;--> statement-breakpoint
create policy own_workspace on plans to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on plans to tenure_system using (true) with check (true);--> statement-breakpoint
alter table actions enable row level security;--> statement-breakpoint
alter table actions force row level security;--> statement-breakpoint
create policy own_workspace on actions to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on actions to tenure_system using (true) with check (true);--> statement-breakpoint
alter table payloads enable row level security;--> statement-breakpoint
alter table payloads force row level security;--> statement-breakpoint
create policy own_workspace on payloads to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on payloads to tenure_system using (true) with check (true);--> statement-breakpoint
alter table action_states enable row level security;--> statement-breakpoint
alter table action_states force row level security;--> statement-breakpoint
create policy own_workspace on action_states to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on action_states to tenure_system using (true) with check (true);--> statement-breakpoint
alter table decisions enable row level security;--> statement-breakpoint
alter table decisions force row level security;--> statement-breakpoint
create policy own_workspace on decisions to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on decisions to tenure_system using (true) with check (true);--> statement-breakpoint
alter table executions enable row level security;--> statement-breakpoint
alter table executions force row level security;--> statement-breakpoint
create policy own_workspace on executions to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on executions to tenure_system using (true) with check (true);--> statement-breakpoint
alter table exceptions enable row level security;--> statement-breakpoint
alter table exceptions force row level security;--> statement-breakpoint
create policy own_workspace on exceptions to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on exceptions to tenure_system using (true) with check (true);--> statement-breakpoint
alter table feedback enable row level security;--> statement-breakpoint
alter table feedback force row level security;--> statement-breakpoint
create policy own_workspace on feedback to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on feedback to tenure_system using (true) with check (true);--> statement-breakpoint
alter table ledger_events enable row level security;--> statement-breakpoint
alter table ledger_events force row level security;--> statement-breakpoint
create policy own_workspace on ledger_events to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on ledger_events to tenure_system using (true) with check (true);--> statement-breakpoint
alter table rate_limits enable row level security;--> statement-breakpoint
alter table rate_limits force row level security;--> statement-breakpoint
create policy own_workspace on rate_limits to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on rate_limits to tenure_system using (true) with check (true);--> statement-breakpoint
alter table messages enable row level security;--> statement-breakpoint
alter table messages force row level security;--> statement-breakpoint
create policy own_workspace on messages to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on messages to tenure_system using (true) with check (true);--> statement-breakpoint
alter table slack_teams enable row level security;--> statement-breakpoint
alter table slack_teams force row level security;--> statement-breakpoint
create policy own_workspace on slack_teams to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on slack_teams to tenure_system using (true) with check (true);--> statement-breakpoint
alter table control enable row level security;--> statement-breakpoint
alter table control force row level security;--> statement-breakpoint
-- The installation's rows (*) can be read and locked by everyone, and written by nobody but tenure_system.
create policy own_workspace on control to tenure_app using (workspace_id = '*' or workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on control to tenure_system using (true) with check (true);--> statement-breakpoint
alter table switches enable row level security;--> statement-breakpoint
alter table switches force row level security;--> statement-breakpoint
-- The installation's rows (*) can be read by everyone, and written by nobody but tenure_system.
create policy own_workspace on switches to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy installation on switches for select to tenure_app using (workspace_id = '*');--> statement-breakpoint
create policy every_workspace on switches to tenure_system using (true) with check (true);--> statement-breakpoint
alter table seen_requests enable row level security;--> statement-breakpoint
alter table seen_requests force row level security;--> statement-breakpoint
create policy every_request on seen_requests to tenure_system using (true) with check (true);--> statement-breakpoint
grant select, insert on actions, payloads, decisions, ledger_events, plans, policies to tenure_app;--> statement-breakpoint
-- Locking the installation's control row for share takes a right to update; its key is left out, so that nobody can move it.
grant select, insert, update (version, epoch, policy_version) on control to tenure_app;--> statement-breakpoint
grant select, insert, update on workspaces, switches, members, link_codes, agents, connections, grants, budgets, action_states, executions, exceptions, messages, slack_teams to tenure_app;--> statement-breakpoint
grant select, insert, update, delete on rate_limits, feedback to tenure_app;--> statement-breakpoint
grant select, insert, update on all tables in schema public to tenure_system;--> statement-breakpoint
grant delete on messages to tenure_app;--> statement-breakpoint
grant delete on messages, seen_requests, rate_limits to tenure_system;--> statement-breakpoint
revoke insert, update on ledger_events, actions, payloads, decisions from tenure_system;--> statement-breakpoint
grant usage on all sequences in schema public to tenure_app, tenure_system;--> statement-breakpoint
insert into control (workspace_id) values ('*') on conflict do nothing;

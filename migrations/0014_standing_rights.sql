-- safe under running version: yes, because the functions answer what they answered, and one column more.
alter table standings enable row level security;--> statement-breakpoint
alter table standings force row level security;--> statement-breakpoint
create policy own_workspace on standings to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on standings to tenure_system using (true) with check (true);--> statement-breakpoint
alter table standing_versions enable row level security;--> statement-breakpoint
alter table standing_versions force row level security;--> statement-breakpoint
create policy own_workspace on standing_versions to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on standing_versions to tenure_system using (true) with check (true);--> statement-breakpoint
alter table promotions enable row level security;--> statement-breakpoint
alter table promotions force row level security;--> statement-breakpoint
create policy own_workspace on promotions to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on promotions to tenure_system using (true) with check (true);--> statement-breakpoint
alter table standing_consents enable row level security;--> statement-breakpoint
alter table standing_consents force row level security;--> statement-breakpoint
create policy own_workspace on standing_consents to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on standing_consents to tenure_system using (true) with check (true);--> statement-breakpoint
alter table notices enable row level security;--> statement-breakpoint
alter table notices force row level security;--> statement-breakpoint
create policy own_workspace on notices to tenure_app using (workspace_id = any ((select tenure_workspaces())::text[])) with check (workspace_id = any ((select tenure_workspaces())::text[]));--> statement-breakpoint
create policy every_workspace on notices to tenure_system using (true) with check (true);--> statement-breakpoint
grant select, insert, update, delete on standings to tenure_app;--> statement-breakpoint
grant select, insert, update on standing_versions, promotions, standing_consents, notices to tenure_app;--> statement-breakpoint
-- The sweep looks for what was recalled, and for the workspaces whose levels are to be looked at.
grant select on standings, trust_cells to tenure_system;--> statement-breakpoint
-- What was read of a workspace's standings is kept by this version. It is not the control row's: a decision that ends a
-- grant holds that one for share, like everybody, and could not move it.
create function tenure_standing_changed() returns trigger language plpgsql as $$
begin
  insert into standing_versions as v values (coalesce(new.workspace_id, old.workspace_id), 1)
  on conflict (workspace_id) do update set version = v.version + 1;
  return null;
end $$;--> statement-breakpoint
create trigger standing_changed after insert or update or delete on standings for each row execute function tenure_standing_changed();--> statement-breakpoint
-- What counting a decision needs in one round trip: its locks, in their order, and under them what is known of its scope.
create function tenure_trust_open(workspace text, windows jsonb, states jsonb, categories jsonb, of_category text,
  of_scope text, of_scenario text, of_agent text, today integer) returns jsonb
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  wanted text;
begin
  -- One by one, in order: they are few, and a join with a list of unknown length would read the whole table.
  for wanted in select value from jsonb_array_elements_text(windows) order by 1 loop
    perform from budgets b where b.workspace_id = workspace and b."window" = wanted for update;
  end loop;
  for wanted in select value from jsonb_array_elements_text(states) order by 1 loop
    perform from action_states s where s.action_id = wanted and s.workspace_id = workspace for update;
  end loop;
  for wanted in select value from jsonb_array_elements_text(categories) order by 1 loop
    perform pg_advisory_xact_lock(hashtextextended('trust:' || workspace || ':' || wanted, 0));
  end loop;
  if of_scope is null then return null; end if;
  -- Days: those of the last 90, and older ones of the year where those hold fewer than 50 decisions, which is what a
  -- window may need.
  return jsonb_build_object(
    'scopes', (select jsonb_agg(to_jsonb(s)) from trust_scopes s
      where s.workspace_id = workspace and starts_with(s.scope, of_category || '.')),
    'cells', (select jsonb_agg(case when c.scenario = of_scenario and c.agent_id = of_agent then to_jsonb(c)
        else to_jsonb(c) - 'state' end)
      from trust_cells c where c.workspace_id = workspace and c.scope = of_scope),
    'standings', (select jsonb_agg(to_jsonb(g) order by g.scope, g.scenario, g.agent_id) from standings g
      where g.workspace_id = workspace and starts_with(g.scope, of_category || '.')),
    'days', (select jsonb_agg(to_jsonb(d)) from trust_days d
      where d.workspace_id = workspace and d.scope = of_scope and d.day > today - 365 and (d.day > today - 90 or 50 > (
        select coalesce(sum(n.decisions), 0) from trust_days n
        where n.workspace_id = workspace and n.scope = of_scope and n.day > today - 90 and n.day <= today))));
end $$;--> statement-breakpoint
-- What one move of trust changes: a version of its cell and of its days, and seldom one of a scope or a standing.
create function tenure_trust_write(p jsonb) returns void
language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  insert into trust_cells select * from jsonb_populate_recordset(null::trust_cells, p -> 'cells')
  on conflict (workspace_id, scope, scenario, agent_version) do update set
    wording = excluded.wording, wording_changes = excluded.wording_changes, version = excluded.version,
    state = excluded.state, counted_at = excluded.counted_at;
  insert into trust_days as d select * from jsonb_populate_recordset(null::trust_days, p -> 'days')
  on conflict (workspace_id, scope, day, scenario, agent_version, wording_changes) do update set
    decisions = d.decisions + excluded.decisions,
    approval_quarters = d.approval_quarters + excluded.approval_quarters,
    rejections = d.rejections + excluded.rejections,
    quality_quarter_micros = d.quality_quarter_micros + excluded.quality_quarter_micros,
    confidence_quarter_micros = d.confidence_quarter_micros + excluded.confidence_quarter_micros,
    severity_micros = d.severity_micros + excluded.severity_micros;
  if jsonb_array_length(p -> 'scopes') > 0 then
    insert into trust_scopes select * from jsonb_populate_recordset(null::trust_scopes, p -> 'scopes')
    on conflict (workspace_id, scope) do update set
      tier = excluded.tier, penalty = excluded.penalty, lock = excluded.lock, last_day = excluded.last_day,
      drops = excluded.drops;
  end if;
  if jsonb_array_length(p -> 'standings') > 0 then
    insert into standings select * from jsonb_populate_recordset(null::standings, p -> 'standings')
    on conflict (workspace_id, scope, scenario, agent_id) do update set
      agent_version = excluded.agent_version, is_proven = excluded.is_proven, level = excluded.level,
      tier = excluded.tier, is_locked = excluded.is_locked, epoch = excluded.epoch, by_id = excluded.by_id,
      at = excluded.at, until = excluded.until, first_at = excluded.first_at, reclaimed = excluded.reclaimed,
      left_high_at = excluded.left_high_at, review_left = excluded.review_left;
  end if;
end $$;--> statement-breakpoint
-- As before, and that no level was changed since it was read: held until the end, so that after a demotion was answered
-- nothing goes out under the level before it.
create or replace function tenure_write(p jsonb, strict boolean) returns text[]
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  taken text[] := '{}';
  m action_states;
  f executions;
  q record;
begin
  -- Outside a workspace's transaction nothing may be written, whoever the login is.
  if coalesce(current_setting('tenure.workspaces', true), '') = '' then
    raise exception 'No workspace is open' using errcode = 'TE004';
  end if;
  if p ? 'actions' then
    with wanted as materialized (select r.* from jsonb_populate_recordset(null::actions, p -> 'actions') r),
    inserted as (
      insert into actions select w.* from wanted w order by w.workspace_id, w.proposer_id, w.idempotency_key
      on conflict (workspace_id, proposer_id, idempotency_key) do nothing returning id)
    select coalesce(array_agg(w.id), '{}') into taken from wanted w where w.id not in (select i.id from inserted i);
    if strict and cardinality(taken) > 0 then
      raise exception 'The idempotency key is taken' using errcode = 'TE001';
    end if;
  end if;
  if p ? 'budgets' then
    perform from budgets b join jsonb_to_recordset(p -> 'budgets') as x(workspace_id text, "window" text)
      on x.workspace_id = b.workspace_id and x."window" = b."window" order by b.workspace_id, b."window" for update of b;
    update budgets b set reserved = b.reserved + c.reserved, committed = b.committed + c.committed
    from (
      select x.workspace_id, x."window", sum(x.reserved)::bigint as reserved, sum(x.committed)::bigint as committed
      from jsonb_to_recordset(p -> 'budgets')
        as x(workspace_id text, "window" text, reserved bigint, committed bigint, action_id text)
      where x.action_id is null or x.action_id <> all (taken)
      group by 1, 2) c
    where b.workspace_id = c.workspace_id and b."window" = c."window";
  end if;
  if p ? 'moves' then
    -- One by one, in order: they are few, and a join with a list of unknown length would read the whole table.
    for m in select r.* from jsonb_populate_recordset(null::action_states, p -> 'moves') r order by r.action_id loop
      update action_states s set
        state = m.state, version = m.version, revision = m.revision, due_at = m.due_at, expires_at = m.expires_at,
        remind_at = m.remind_at, reminders = m.reminders, escalated = m.escalated, snoozed_until = m.snoozed_until,
        run_at = m.run_at, lease_until = m.lease_until, undo_until = m.undo_until, attempt = m.attempt, tries = m.tries,
        look_ups = m.look_ups, workspace_epoch = m.workspace_epoch, scope_epoch = m.scope_epoch,
        accepted_outcome = m.accepted_outcome, approved = m.approved, budget_window = m.budget_window,
        amount_minor = m.amount_minor, remark = m.remark, superseded_by = m.superseded_by, executed_at = m.executed_at,
        undone_at = m.undone_at
      where s.action_id = m.action_id and s.version = m.version - 1;
      if not found then
        raise exception 'The action was moved by somebody else' using errcode = 'TE002';
      end if;
    end loop;
  end if;
  if p ? 'fences' then
    for q in select x.* from jsonb_to_recordset(p -> 'fences') as x(workspace_id text, version bigint) order by 1 loop
      perform from standing_versions v where v.workspace_id = q.workspace_id and v.version = q.version for share;
      if not found and (q.version > 0 or exists (
        select from standing_versions v where v.workspace_id = q.workspace_id))
      then
        raise exception 'A level was changed by somebody else' using errcode = 'TE002';
      end if;
    end loop;
  end if;
  if p ? 'payloads' then
    insert into payloads select r.* from jsonb_populate_recordset(null::payloads, p -> 'payloads') r
    where r.action_id <> all (taken);
  end if;
  if p ? 'states' then
    insert into action_states select r.* from jsonb_populate_recordset(null::action_states, p -> 'states') r
    where r.action_id <> all (taken);
  end if;
  if p ? 'decisions' then
    insert into decisions select r.* from jsonb_populate_recordset(null::decisions, p -> 'decisions') r;
  end if;
  if p ? 'executions' then
    insert into executions (workspace_id, action_id, attempt, direction, state, before, request_digest, started_at, lease_until)
    select r.workspace_id, r.action_id, r.attempt, r.direction, r.state, coalesce(r.before, 'null'), r.request_digest,
      r.started_at, r.lease_until
    from jsonb_populate_recordset(null::executions, p -> 'executions') r;
  end if;
  if p ? 'finished' then
    for f in select r.* from jsonb_populate_recordset(null::executions, p -> 'finished') r loop
      update executions e set state = f.state, finished_at = f.finished_at, receipt = f.receipt, error = f.error
      where e.action_id = f.action_id and e.attempt = f.attempt and e.state in ('running', 'unknown');
    end loop;
  end if;
  if p ? 'exceptions' then
    insert into exceptions select r.* from jsonb_populate_recordset(null::exceptions, p -> 'exceptions') r;
  end if;
  if p ? 'feedback' then
    insert into feedback select r.* from jsonb_populate_recordset(null::feedback, p -> 'feedback') r;
  end if;
  if p ? 'events' then
    insert into ledger_events (workspace_id, subject, subject_version, type, at, body, digest)
    select r.workspace_id, r.subject, r.subject_version, r.type, r.at, r.body, r.digest
    from jsonb_populate_recordset(null::ledger_events, p -> 'events') r
    where r.subject <> all (taken);
  end if;
  if p ? 'details' then
    insert into ledger_details select r.* from jsonb_populate_recordset(null::ledger_details, p -> 'details') r
    where r.subject <> all (taken);
  end if;
  if p ? 'trust' then
    -- Last in the lock order.
    perform tenure_trust_write(t) from jsonb_array_elements(p -> 'trust') t;
  end if;
  for q in
    select j ->> 'queue' as queue, json_agg(j)::text as jobs from jsonb_array_elements(p -> 'jobs') j
    where j ->> 'of' is null or j ->> 'of' <> all (taken) group by 1
  loop
    -- Made with the queues themselves, from the side jobs' own statement.
    execute format('select %I($1)', 'tenure_enqueue_' || q.queue) using q.jobs;
  end loop;
  return taken;
end $$;--> statement-breakpoint
-- As before, and the standings have to be what the caller knew.
create or replace function tenure_propose(p jsonb, out taken text[], out now_ms double precision)
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  at timestamptz := (p ->> 'at')::timestamptz;
  known integer;
begin
  perform set_config('role', 'tenure_app', true), set_config('tenure.workspaces', p ->> 'workspaces', true);
  now_ms := extract(epoch from clock_timestamp()) * 1000;
  if abs(now_ms - (p ->> 'now_ms')::double precision) > 1000 then
    raise exception 'The time is not known well enough' using errcode = 'TE003';
  end if;
  select count(*) into known
    from jsonb_to_recordset(p -> 'versions') as x(workspace_id text, version bigint, standings bigint)
    join control c on c.workspace_id = x.workspace_id and c.version = x.version
    left join standing_versions v on v.workspace_id = x.workspace_id
    where x.standings is null or x.standings = coalesce(v.version, 0);
  if known <> jsonb_array_length(p -> 'versions') then
    raise exception 'The configuration has changed' using errcode = 'TE003';
  end if;
  if exists (
    select from jsonb_to_recordset(p -> 'tokens') as x(workspace_id text, key text, n integer)
    left join tenure_take_tokens(p -> 'tokens', at) t on t.workspace_id = x.workspace_id and t.key = x.key
    where coalesce(t.granted, 0) < x.n)
  then
    raise exception 'A rate token is missing' using errcode = 'TE003';
  end if;
  taken := tenure_write(p -> 'parts', false);
  if exists (
    select from jsonb_to_recordset(p -> 'room') as x(workspace_id text, "window" text, "limit" bigint)
    left join budgets b on b.workspace_id = x.workspace_id and b."window" = x."window"
    where b."window" is null or b.reserved + b.committed > x."limit")
  then
    raise exception 'A budget has no room' using errcode = 'TE003';
  end if;
end $$;--> statement-breakpoint
drop function tenure_open(text, text);--> statement-breakpoint
-- As before, with the version of the standings.
create function tenure_open(workspace text, to_move text)
returns table (now_ms double precision, version bigint, epoch bigint, policy_version integer, installation bigint,
  standings bigint, action jsonb, payload jsonb, state jsonb) language plpgsql as $$
#variable_conflict use_column
begin
  perform set_config('role', 'tenure_app', true), set_config('tenure.workspaces', workspace, true);
  now_ms := extract(epoch from clock_timestamp()) * 1000;
  if to_move is not null then
    perform from control c where c.workspace_id in ('*', workspace) order by c.workspace_id for share;
  end if;
  select own.version, own.epoch, own.policy_version, i.version, coalesce(v.version, 0)
    into version, epoch, policy_version, installation, standings
    from control own join control i on i.workspace_id = '*'
    left join standing_versions v on v.workspace_id = own.workspace_id where own.workspace_id = workspace;
  if to_move is not null then
    select to_jsonb(a), to_jsonb(p), to_jsonb(s) into action, payload, state
      from actions a
      join action_states s on s.action_id = a.id
      join payloads p on p.action_id = s.action_id and p.revision = s.revision
      where a.id = to_move and a.workspace_id = workspace;
  end if;
  return next;
end $$;

-- safe under running version: yes, because it adds functions that the running version does not call, and triggers that
-- count a version which it does not read.
-- Everything that a transaction writes about its actions, in one statement, in the lock order: budgets, then action
-- states, each by key. Runs as the caller, bound by row-level security. An action whose idempotency key is taken is left
-- out with all that belongs to it, and its id is answered; when it must not be left out (`strict`), or when a row was
-- moved by somebody else, everything rolls back with an error of class TE.
create function tenure_write(p jsonb, strict boolean) returns text[]
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
  for q in
    select j ->> 'queue' as queue, json_agg(j)::text as jobs from jsonb_array_elements(p -> 'jobs') j
    where j ->> 'of' is null or j ->> 'of' <> all (taken) group by 1
  loop
    -- Made with the queues themselves, from the side jobs' own statement.
    execute format('select %I($1)', 'tenure_enqueue_' || q.queue) using q.jobs;
  end loop;
  return taken;
end $$;--> statement-breakpoint
-- A batch of proposals in one round trip, judged beforehand on what the caller knew: the time, the versions of the
-- configuration, and that budgets have room. If any of it is not so any more, or a rate token is missing, everything
-- rolls back with TE003 and the batch goes the long way, where it reads first.
create function tenure_propose(p jsonb, out taken text[], out now_ms double precision)
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
  select count(*) into known from jsonb_to_recordset(p -> 'versions') as x(workspace_id text, version bigint)
    join control c on c.workspace_id = x.workspace_id and c.version = x.version;
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
-- Who these digests of keys and tokens belong to, in one round trip: the role is taken inside, for this transaction
-- alone, so that row-level security binds here as everywhere.
create function tenure_authenticate(wanted jsonb)
returns table (sort text, workspace_id text, id text, name text, role text, hash text) language plpgsql as $$
begin
  perform set_config('role', 'tenure_app', true);
  perform set_config('tenure.workspaces',
    (select string_agg(distinct x.workspace_id, ',') from jsonb_to_recordset(wanted) as x(workspace_id text)), true);
  return query
    select 'agent'::text, a.workspace_id, a.id, a.name, null::text, a.key_hash
    from jsonb_to_recordset(wanted) as x(workspace_id text, hash text)
    join agents a on a.workspace_id = x.workspace_id and a.key_hash = x.hash and a.disabled_at is null
    union all
    select 'member'::text, m.workspace_id, m.id, m.name, m.role, m.token_hash
    from jsonb_to_recordset(wanted) as x(workspace_id text, hash text)
    join members m on m.workspace_id = x.workspace_id and m.token_hash = x.hash and m.disabled_at is null;
end $$;--> statement-breakpoint
-- Snapshots are kept by the version of the control row, so nothing that they hold may change without it.
create function tenure_configured() returns trigger language plpgsql as $$
begin
  update control set version = version + 1 where workspace_id = coalesce(new.workspace_id, old.workspace_id);
  return null;
end $$;--> statement-breakpoint
create trigger configured after update on workspaces for each row execute function tenure_configured();--> statement-breakpoint
create trigger configured after insert or update or delete on policies for each row execute function tenure_configured();--> statement-breakpoint
create trigger configured after insert or update or delete on grants for each row execute function tenure_configured();--> statement-breakpoint
create trigger configured after insert or update or delete on switches for each row execute function tenure_configured();--> statement-breakpoint
create trigger configured after insert or delete or update of kinds, disabled_at on agents for each row execute function tenure_configured();--> statement-breakpoint
-- Not its state: whether a connection is live is read where it is used.
create trigger configured after insert or delete or update of platform, name, sandbox on connections for each row execute function tenure_configured();--> statement-breakpoint
-- GCRA (the virtual scheduling algorithm of ITU-T I.371) for several requests of several keys at once: a row keeps when
-- the next request would arrive if all came evenly, and one may be early by burst - 1 intervals. Keys are locked in order.
create function tenure_take_tokens(wanted jsonb, at timestamptz)
returns table (workspace_id text, key text, granted integer, wait_ms double precision) language plpgsql as $$
#variable_conflict use_column
begin
  insert into rate_limits (workspace_id, key, arrives_at)
    select x.workspace_id, x.key, at from jsonb_to_recordset(wanted) as x(workspace_id text, key text)
    where not exists (select from rate_limits r where r.workspace_id = x.workspace_id and r.key = x.key)
    order by x.workspace_id, x.key
  on conflict do nothing;
  return query
    with locked as materialized (
      select r.workspace_id, r.key, greatest(r.arrives_at, at) as arrives, x.n, x.interval_ms,
        x.interval_ms * interval '1 millisecond' as step,
        x.interval_ms * (x.burst - 1) * interval '1 millisecond' as tolerance
      from jsonb_to_recordset(wanted)
        as x(workspace_id text, key text, n integer, interval_ms double precision, burst integer)
      join rate_limits r on r.workspace_id = x.workspace_id and r.key = x.key
      order by r.workspace_id, r.key for update of r),
    judged as (
      select l.*, case when at + l.tolerance < l.arrives then 0
        else least(l.n, floor(extract(epoch from (at + l.tolerance - l.arrives)) * 1000 / l.interval_ms)::integer + 1) end as granted
      from locked l),
    moved as (
      update rate_limits r set arrives_at = j.arrives + j.step * j.granted from judged j
      where r.workspace_id = j.workspace_id and r.key = j.key and j.granted > 0)
    select j.workspace_id, j.key, j.granted,
      greatest(1, ceil(extract(epoch from (j.arrives + j.step * j.granted - j.tolerance - at)) * 1000))::double precision
    from judged j;
end $$;--> statement-breakpoint
-- How a transaction of one workspace begins, in one round trip: its role and workspace (both end with it), the time, the
-- versions of the configuration, and the action that it is about to move, if any, under the locks that a move needs.
create function tenure_open(workspace text, to_move text)
returns table (now_ms double precision, version bigint, epoch bigint, policy_version integer, installation bigint,
  action jsonb, payload jsonb, state jsonb) language plpgsql as $$
#variable_conflict use_column
begin
  perform set_config('role', 'tenure_app', true), set_config('tenure.workspaces', workspace, true);
  now_ms := extract(epoch from clock_timestamp()) * 1000;
  if to_move is not null then
    perform from control c where c.workspace_id in ('*', workspace) order by c.workspace_id for share;
  end if;
  select own.version, own.epoch, own.policy_version, i.version into version, epoch, policy_version, installation
    from control own join control i on i.workspace_id = '*' where own.workspace_id = workspace;
  if to_move is not null then
    select to_jsonb(a), to_jsonb(p), to_jsonb(s) into action, payload, state
      from actions a
      join action_states s on s.action_id = a.id
      join payloads p on p.action_id = s.action_id and p.revision = s.revision
      where a.id = to_move and a.workspace_id = workspace;
  end if;
  return next;
end $$;

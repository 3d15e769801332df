-- safe under running version: no, stop it first: it would give back only one budget of what the new version holds.
update action_states set charges = jsonb_build_array(jsonb_build_object('window', budget_window, 'amountMinor', amount_minor))
  where budget_window is not null;--> statement-breakpoint
ALTER TABLE "action_states" DROP COLUMN "budget_window";--> statement-breakpoint
-- As before, with what an action holds of several budgets.
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
        accepted_outcome = m.accepted_outcome, approved = m.approved, charges = m.charges,
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
-- As before: what the platform says was spent counts where it is larger, and none of the payloads was rejected.
create or replace function tenure_propose(p jsonb, out taken text[], out now_ms double precision)
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  at timestamptz := (p ->> 'at')::timestamptz;
  asked_at timestamptz := (p ->> 'at')::timestamptz;
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
    where b."window" is null or b.reserved + greatest(b.committed + b.carried, b.spent) > x."limit")
  then
    raise exception 'A budget has no room' using errcode = 'TE003';
  end if;
  if exists (
    select from jsonb_to_recordset(p -> 'unrejected') as x(workspace_id text, digests jsonb, days integer)
    join rejected_payloads r on r.workspace_id = x.workspace_id and x.digests ? r.digest
      and r.at > asked_at - make_interval(days => x.days))
  then
    raise exception 'The same was rejected' using errcode = 'TE003';
  end if;
end $$;

-- safe under running version: yes, because it only adds a function; the running version calls the one before it.
-- What counting a decision needs: its locks, in their order, and under them what is known of its scope; without a scope
-- the locks alone. The last 90 days come as one, on the oldest of them: they are in every window, so that only what they
-- hold together counts. Older days of the year come where those hold 50 decisions or fewer: one may yet be taken away.
create function tenure_open_book(workspace text, windows jsonb, states jsonb, categories jsonb, of_scope text,
  of_scenario text, of_agent text, today integer) returns json
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  wanted text;
  category text := split_part(of_scope, '.', 1) || '.';
  recent json;
  older json;
  decisions bigint;
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
  select json_agg(r), coalesce(sum(r.decisions), 0) into recent, decisions from (
    select d.scenario, d.agent_version, d.wording_changes, today - 89 as day,
      sum(d.decisions) as decisions, sum(d.approval_quarters) as approval_quarters, sum(d.rejections) as rejections,
      sum(d.quality_quarter_micros) as quality_quarter_micros,
      sum(d.confidence_quarter_micros) as confidence_quarter_micros, sum(d.severity_micros) as severity_micros
    from trust_days d
    where d.workspace_id = workspace and d.scope = of_scope and d.day between today - 89 and today
    group by d.scenario, d.agent_version, d.wording_changes) r;
  if decisions <= 50 then
    select json_agg(d) into older from trust_days d
      where d.workspace_id = workspace and d.scope = of_scope and d.day between today - 364 and today - 90;
  end if;
  return json_build_object(
    'recent', recent,
    'older', older,
    'scopes', (select json_agg(s) from trust_scopes s
      where s.workspace_id = workspace and starts_with(s.scope, category)),
    'cells', (select json_agg(case when c.scenario = of_scenario and c.agent_id = of_agent then to_json(c)
        else json_build_object('scenario', c.scenario, 'agent_id', c.agent_id, 'agent_version', c.agent_version,
          'wording_changes', c.wording_changes, 'counted_at', c.counted_at) end)
      from trust_cells c where c.workspace_id = workspace and c.scope = of_scope),
    'standings', (select json_agg(g order by g.scope, g.scenario, g.agent_id) from standings g
      where g.workspace_id = workspace and starts_with(g.scope, category)));
end $$;

-- safe under running version: yes, because it only adds a function; the running version calls the one before it.
-- Like tenure_authenticate, and with everybody else who holds a member's bare token: by their role, null where they left.
-- Whoever comes in by the digest of one that they took themselves holds it alone.
create function tenure_authenticate_holders(wanted jsonb)
returns table (sort text, workspace_id text, id text, name text, role text, hash text, holders jsonb)
language plpgsql as $$
begin
  perform set_config('role', 'tenure_app', true);
  perform set_config('tenure.workspaces',
    (select string_agg(distinct x.workspace_id, ',') from jsonb_to_recordset(wanted) as x(workspace_id text)), true);
  return query
    select 'agent'::text, a.workspace_id, a.id, a.name, null::text, a.key_hash, null::jsonb
    from jsonb_to_recordset(wanted) as x(workspace_id text, hash text)
    join agents a on a.workspace_id = x.workspace_id and a.key_hash = x.hash and a.disabled_at is null
    union all
    select 'member'::text, m.workspace_id, m.id, m.name, m.role, m.token_hash,
      case when m.token_own_since is null then (
        select jsonb_agg(jsonb_build_object('name', coalesce(h.name, 'somebody else'),
          'role', case when h.disabled_at is null then h.role end) order by hand.place)
        from unnest(m.token_hands) with ordinality as hand(id, place)
        left join members h on h.workspace_id = m.workspace_id and h.id = hand.id
        where hand.id <> m.id)
      end
    from jsonb_to_recordset(wanted) as x(workspace_id text, hash text)
    join members m on m.workspace_id = x.workspace_id and m.token_hash = x.hash and m.disabled_at is null;
end $$;

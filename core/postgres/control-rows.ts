import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { SwitchId, WorkspaceId } from '../domain/ids.ts'
import type { SwitchTarget } from '../domain/switches.ts'
import type { ReviewRow, Snapshot, StoredAction, SwitchRow } from '../ports/rows.ts'
import { fromRows } from './action-rows.ts'
import { type Drizzle, queryOf, rowsOf } from './database.ts'
import { COVERING } from './due-rows.ts'
import { actionStates, actions, control, payloads, switches } from './schema/index.ts'
import { CONTROL_COLUMNS, controlOf, type ControlRow, type Snapshots, type Versions } from './snapshot.ts'

const EVERYWHERE = '*'

const LOCK_FOR = {
  move: `select ${CONTROL_COLUMNS} from control c where c.workspace_id in ('*', $1) order by c.workspace_id for share of c`,
  none: `select ${CONTROL_COLUMNS} from control c where c.workspace_id in ('*', $1)`,
}
/** In this order, as everywhere. */
const LOCK_INSTALLATION = "select 1 from control where workspace_id = '*' for share"
const LOCK_OWN = 'select 1 from control where workspace_id = $1 for update'

/** Control, switches and policies: what is configured, and what is stopped. */
export function controlRows(
  tx: Drizzle,
  workspaceId: WorkspaceId,
  now: Date,
  snapshots: Snapshots,
  opened: { readonly versions: Versions | null; readonly isLocked: boolean } = { versions: null, isLocked: false },
) {
  const query = queryOf(tx)
  let { versions } = opened
  let changed = false
  const read = async (lock: 'move' | 'none'): Promise<Versions> => {
    const rows = await query<ControlRow>(LOCK_FOR[lock], [workspaceId])
    const own = rows.find((row) => row.workspace_id === workspaceId)
    const installation = rows.find((row) => row.workspace_id === EVERYWHERE)
    if (!own || !installation) throw new Error(`Workspace ${workspaceId} has no control row`)
    return { own: controlOf(own), installation: Number(installation.version) }
  }
  /** From here on the snapshot is read anew: this transaction sees what nobody else does yet. */
  const change = (): void => {
    changed = true
  }

  return {
    noteChange: change,

    async snapshot(): Promise<Snapshot> {
      if (changed) return await snapshots.readFresh(query, workspaceId)
      versions ??= await read('none')
      return await snapshots.read(query, workspaceId, versions)
    },

    async lockControl(why: 'move' | 'configure'): Promise<void> {
      if (why === 'move') {
        if (!opened.isLocked) versions = await read('move')
        return
      }
      // Its own for update at once: of two that held it for share first, neither could go on.
      await Promise.all([query(LOCK_INSTALLATION, []), query(LOCK_OWN, [workspaceId])])
      versions = await read('none')
    },

    async bumpEpoch(policyVersion?: number): Promise<void> {
      change()
      await tx
        .update(control)
        .set({
          version: sql`${control.version} + 1`,
          epoch: sql`${control.epoch} + 1`,
          ...(policyVersion === undefined ? {} : { policyVersion }),
        })
        .where(eq(control.workspaceId, workspaceId))
    },

    async insertSwitch(row: SwitchRow): Promise<void> {
      change()
      await tx.insert(switches).values(switchColumns(row))
    },

    async insertReview({ until, ...row }: ReviewRow): Promise<void> {
      change()
      await tx.insert(switches).values({ ...switchColumns(row), mode: 'review', until })
    },

    async liftSwitch(id: SwitchId, by: string, reason: string | null): Promise<SwitchRow | null> {
      change()
      return await liftSwitch(tx, workspaceId, id, by, reason, now)
    },

    thaw: (target: SwitchTarget, since: Date): Promise<number> => thaw(tx, workspaceId, target, since, now),

    async executingUnder(target: SwitchTarget): Promise<readonly StoredAction[]> {
      const rows = await tx
        .select({ action: actions, payload: payloads, state: actionStates })
        .from(actions)
        .innerJoin(actionStates, eq(actionStates.actionId, actions.id))
        .innerJoin(payloads, and(eq(payloads.actionId, actions.id), eq(payloads.revision, actionStates.revision)))
        .where(
          and(
            eq(actions.workspaceId, workspaceId),
            inArray(actionStates.state, ['executing', 'undoing']),
            coveredActions(target),
          ),
        )
      return rows.map(fromRows)
    },
  }
}

/**
 * Moves the frozen clocks on by the time they stood; of one workspace, or (null) of all. Time that another stop still
 * freezes is given back when that one is lifted; a slot does not move. Returns how many actions.
 */
export async function thaw(
  tx: Drizzle,
  workspaceId: WorkspaceId | null,
  target: SwitchTarget,
  since: Date,
  now: Date,
): Promise<number> {
  const at = now.toISOString()
  const moved = rowsOf<{ n: number }>(
    await tx.execute(sql`
      with paused as (
        select st.action_id, a.slot_at,
          least(${at}::timestamptz, (select min(s.at) from switches s where ${COVERING}))
            - greatest(${since.toISOString()}::timestamptz, a.proposed_at) as pause
        from action_states st join actions a on a.id = st.action_id
        where ${workspaceId === null ? sql`true` : sql`st.workspace_id = ${workspaceId}`}
          and st.state in ('proposed', 'awaiting_approval', 'changes_requested', 'held', 'executed') and ${covered(target)}
        order by st.action_id for update of st),
      clocks as (
        select st.action_id,
          case
            when st.state = 'held' and p.slot_at is not null then st.expires_at
            when st.state = 'awaiting_approval' and p.slot_at > ${at}::timestamptz then least(st.expires_at + p.pause, p.slot_at)
            else st.expires_at + p.pause end as expires_at,
          case when st.state = 'held' and p.slot_at is null then st.run_at + p.pause else st.run_at end as run_at,
          st.remind_at + p.pause as remind_at, st.undo_until + p.pause as undo_until, st.snoozed_until + p.pause as snoozed_until
        from action_states st join paused p on p.action_id = st.action_id and p.pause > interval '0'),
      moved as (
        update action_states st set
          expires_at = c.expires_at, run_at = c.run_at, remind_at = c.remind_at, undo_until = c.undo_until, snoozed_until = c.snoozed_until,
          due_at = case st.state
            when 'executed' then c.undo_until
            when 'proposed' then c.run_at
            when 'held' then least(c.run_at, c.expires_at)
            when 'awaiting_approval' then least(c.expires_at, c.remind_at)
            else c.expires_at end
        from clocks c where st.action_id = c.action_id returning 1)
      select count(*)::int as n from moved`),
  )
  return moved[0]?.n ?? 0
}

const switchColumns = ({ target, ...row }: SwitchRow) => ({
  ...row,
  targetKind: target.kind,
  targetValue: 'value' in target ? target.value : null,
})

export const insertSwitch = async (tx: Drizzle, row: SwitchRow): Promise<void> => {
  await tx.insert(switches).values(switchColumns(row))
}

export async function liftSwitch(
  tx: Drizzle,
  owner: WorkspaceId | '*',
  id: SwitchId,
  by: string,
  reason: string | null,
  now: Date,
): Promise<SwitchRow | null> {
  const rows = await tx
    .update(switches)
    .set({ liftedAt: now, liftedBy: by, liftedReason: reason })
    .where(and(eq(switches.id, id), eq(switches.workspaceId, owner), isNull(switches.liftedAt)))
    .returning()
  return rows[0] ? asSwitch(rows[0]) : null
}

function asSwitch(row: typeof switches.$inferSelect): SwitchRow {
  const { id, workspaceId, reason, byId, byName, at, targetKind, targetValue } = row
  // safe: written from a SwitchTarget
  const target = (
    targetValue === null ? { kind: targetKind } : { kind: targetKind, value: targetValue }
  ) as SwitchTarget
  return { id: id as SwitchId, workspaceId: workspaceId as WorkspaceId, target, reason, byId, byName, at }
}

/** The same rule as `covers` in the domain, for rows; with `a` the actions table of a raw statement. */
function covered(target: SwitchTarget) {
  switch (target.kind) {
    case 'all':
    case 'workspace':
      return sql`true`
    case 'agent':
      return sql`a.agent_id = ${target.value}`
    case 'category':
      return sql`a.category = ${target.value}`
    case 'channel':
      return sql`a.channel = ${target.value}`
    case 'platform':
      return sql`a.platform = ${target.value}`
    case 'kind':
      return sql`a.kind = ${target.value}`
    case 'topic':
      return sql`false`
  }
}

function coveredActions(target: SwitchTarget) {
  switch (target.kind) {
    case 'all':
    case 'workspace':
    // Its words are looked for in the texts.
    case 'topic':
      return undefined
    case 'agent':
      return eq(actions.agentId, target.value)
    case 'category':
      return eq(actions.category, target.value)
    case 'channel':
      return eq(actions.channel, target.value)
    case 'platform':
      return eq(actions.platform, target.value)
    case 'kind':
      return eq(actions.kind, target.value)
  }
}

import { sql } from 'drizzle-orm'
import type { WorkspaceId } from '../domain/ids.ts'
import type { EventLine, SealLine } from '../domain/ledger-lines.ts'
import { compareNumbers, readSeal } from '../domain/seal.ts'
import type { Ended, LedgerRows, NewSeal, Stretch, Unsealed, UnsealedEvent } from '../ports/ledger.ts'
import { type Drizzle, rowsOf } from './database.ts'
import { asRole, type TimeOf } from './transaction.ts'

const SEAL = sql`'seal' as line, workspace_id as workspace, batch, previous, head, text, signature, public_key, leaves,
  last_tx::text as last_tx, last_id::text as last_id, era_from::text as era_from`

/** The ledger's rows for sealing (as the sealer's role) and for reading (as the workspace's). */
export function ledgerRows(drizzle: Pick<Drizzle, 'transaction'>, timeOf: TimeOf): LedgerRows {
  const system = <T>(work: (tx: Drizzle, now: Date) => Promise<T>): Promise<T> =>
    asRole(drizzle, 'tenure_system', '', timeOf, work)
  const app = <T>(workspaceId: WorkspaceId, work: (tx: Drizzle) => Promise<T>): Promise<T> =>
    asRole(drizzle, 'tenure_app', workspaceId, timeOf, work)
  return {
    unsealed: () => system(unsealedWorkspaces),
    seal: (workspaceId, limit, make) =>
      system(async (tx, now) => {
        const made = make(await readUnsealed(tx, workspaceId, now, limit))
        return made === null || (await insertSeal(tx, workspaceId, made))
      }),
    adopt: (workspaceId, make) =>
      system(async (tx, now) => await insertSeal(tx, workspaceId, make(await readEnded(tx, workspaceId, now)))),
    lastSeal: (workspaceId) => app(workspaceId, (tx) => lastSeal(tx, workspaceId)),
    seals: (workspaceId, afterBatch, limit) =>
      app(workspaceId, async (tx) =>
        rowsOf<SealLine>(
          await tx.execute(sql`
            select ${SEAL} from ledger_seals
            where workspace_id = ${workspaceId} and batch > ${afterBatch} order by batch limit ${limit}`),
        ),
      ),
    adoptions: (workspaceId) =>
      app(workspaceId, async (tx) =>
        rowsOf<SealLine>(
          await tx.execute(sql`
            select ${SEAL} from ledger_seals
            where workspace_id = ${workspaceId} and text like '{"adoption":{%' order by batch`),
        ),
      ),
    events: (workspaceId, stretch, options) => app(workspaceId, (tx) => readEvents(tx, workspaceId, stretch, options)),
    eventsFrom: (workspaceId, from, stretch, details) =>
      app(workspaceId, async (tx) => {
        const rows = await tx.execute(sql`
          select ${eventColumns(details)} from ledger_events e ${withDetails(details)}
          where ${within(workspaceId, stretch)} and e.tx >= ${from}::text::xid8 order by e.tx, e.id`)
        return rowsOf<EventRow>(rows).map(eventLine)
      }),
    horizon: (workspaceId) =>
      app(workspaceId, async (tx) => {
        const rows = await tx.execute(sql`select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`)
        return rowsOf<{ horizon: string }>(rows)[0]?.horizon ?? '0'
      }),
  }
}

async function unsealedWorkspaces(tx: Drizzle) {
  const rows = await tx.execute(sql`
    select w.workspace_id, e.at from workspaces w
    left join lateral (select last_tx, last_id, era_from from ledger_seals s
      where s.workspace_id = w.workspace_id order by batch desc limit 1) s on true
    cross join lateral (select at from ledger_events e
      where e.workspace_id = w.workspace_id and (e.tx, e.id) > (coalesce(s.last_tx, '0'::xid8), coalesce(s.last_id, 0))
        and e.id > coalesce(s.era_from, 0)
      order by e.tx, e.id limit 1) e`)
  return rowsOf<{ workspace_id: WorkspaceId; at: Date | string }>(rows).map((row) => ({
    workspaceId: row.workspace_id,
    oldestAt: new Date(row.at),
  }))
}

async function lastSeal(tx: Drizzle, workspaceId: WorkspaceId): Promise<SealLine | null> {
  const rows = await tx.execute(sql`
    select ${SEAL} from ledger_seals where workspace_id = ${workspaceId} order by batch desc limit 1`)
  return rowsOf<SealLine>(rows)[0] ?? null
}

/**
 * What is not sealed, read in the statement that reads the horizon: no transaction below it can commit any more, so what
 * it leaves behind will never change.
 */
async function readUnsealed(tx: Drizzle, workspaceId: WorkspaceId, now: Date, limit: number): Promise<Unsealed> {
  const last = await lastSeal(tx, workspaceId)
  const { its, after } = place(workspaceId, last)
  const rows = rowsOf<UnsealedRow>(
    await tx.execute(sql`
      with here as materialized (
        select pg_snapshot_xmin(pg_current_snapshot()) as horizon, pg_snapshot_xmax(pg_current_snapshot()) as next)
      select here.horizon::text as horizon, e.id::text as id, e.tx::text as tx, e.body,
        exists (select 1 from ledger_events e where ${its} and e.tx >= here.next) as went_back
      from here left join lateral (
        select e.id, e.tx, e.body from ledger_events e
        where ${its} and ${after} and e.tx < here.horizon order by e.tx, e.id limit ${limit}) e on true
      order by e.tx, e.id`),
  )
  const horizon = rows[0]?.horizon ?? '0'
  return { now, last, horizon, wentBack: rows[0]?.went_back === true, events: rows.flatMap(completeRow) }
}

type UnsealedRow = {
  readonly horizon: string
  readonly id: string | null
  readonly tx: string
  readonly body: string
  readonly went_back: boolean
}

const completeRow = ({ id, tx, body }: UnsealedRow) => (id === null ? [] : [{ id, tx, body }])

/** The events of the era in force, and those of them that no seal covers. */
function place(workspaceId: WorkspaceId, last: SealLine | null) {
  return {
    its: sql`e.workspace_id = ${workspaceId} and e.id > ${last?.era_from ?? '0'}::text::bigint`,
    after: sql`(e.tx, e.id) > (${last?.last_tx ?? '0'}::text::xid8, ${last?.last_id ?? '0'}::text::bigint)`,
  }
}

/**
 * What an adoption has to know. An era has ended where events have numbers from the future, or stand behind the last
 * seal although they are newer: another database counted then. What is left of it is complete: it came with the restore.
 */
async function readEnded(tx: Drizzle, workspaceId: WorkspaceId, now: Date): Promise<Ended> {
  const last = await lastSeal(tx, workspaceId)
  const highest = (last && readSeal(last.text)?.highestId) ?? '0'
  const { its, after } = place(workspaceId, last)
  const ground = rowsOf<{ horizon: string; future: string | null; behind: boolean }>(
    await tx.execute(sql`
      select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
        (select max(e.id)::text from ledger_events e
          where ${its} and e.tx >= pg_snapshot_xmax(pg_current_snapshot())) as future,
        exists (select 1 from ledger_events e
          where ${its} and e.id > ${highest}::text::bigint and not ${after}) as behind`),
  )[0]
  const horizon = ground?.horizon ?? '0'
  if (!ground?.future && !ground?.behind) return { now, last, horizon, ended: null }
  const eraTo = compareNumbers(ground.future ?? '0', highest) > 0 ? (ground.future ?? '0') : highest
  const rows = await tx.execute(sql`
    select e.id::text as id, e.tx::text as tx, e.body from ledger_events e
    where ${its} and ${after} and e.id <= ${eraTo}::text::bigint order by e.tx, e.id`)
  return { now, last, horizon, ended: { eraTo, events: rowsOf<UnsealedEvent>(rows) } }
}

/** False: another sealer was first. One number and one predecessor a seal: there can be no fork. */
async function insertSeal(
  tx: Drizzle,
  workspaceId: WorkspaceId,
  { seal, text, head, signature, publicKey, leaves }: NewSeal,
): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into ledger_seals
      (workspace_id, batch, previous, head, text, signature, public_key, leaves, last_tx, last_id, era_from)
    values (${workspaceId}, ${seal.batch}, ${seal.previous}, ${head}, ${text}, ${signature}, ${publicKey}, ${leaves},
      ${seal.last.tx}::text::xid8, ${seal.last.id}::text::bigint, ${seal.eraFrom}::text::bigint)
    on conflict do nothing returning batch`)
  return rowsOf<object>(rows).length === 1
}

const withDetails = (details: boolean) =>
  details
    ? sql`left join ledger_details d
        on d.workspace_id = e.workspace_id and d.subject = e.subject and d.subject_version = e.subject_version`
    : sql``

const eventColumns = (details: boolean) => sql`e.id::text as id, e.tx::text as tx, e.workspace_id, e.subject,
  e.subject_version, e.type, e.at, e.body, e.digest, ${details ? sql`d.salt, d.detail` : sql`null as salt, null as detail`}`

function within(workspaceId: WorkspaceId, { after, upTo, eraFrom, eraTo }: Stretch) {
  const ended = eraTo === null ? sql`` : sql`and e.id <= ${eraTo}::text::bigint`
  const bounded = upTo === null ? sql`` : sql`and (e.tx, e.id) <= (${upTo.tx}::text::xid8, ${upTo.id}::text::bigint)`
  return sql`e.workspace_id = ${workspaceId} and e.id > ${eraFrom}::text::bigint ${ended}
    and (e.tx, e.id) > (${after.tx}::text::xid8, ${after.id}::text::bigint) ${bounded}`
}

async function readEvents(
  tx: Drizzle,
  workspaceId: WorkspaceId,
  stretch: Stretch,
  { limit, details, below }: { readonly limit: number; readonly details: boolean; readonly below: string | null },
): Promise<readonly EventLine[]> {
  const rows = await tx.execute(sql`
    select ${eventColumns(details)} from ledger_events e ${withDetails(details)}
    where ${within(workspaceId, stretch)} ${below === null ? sql`` : sql`and e.tx < ${below}::text::xid8`}
    order by e.tx, e.id limit ${limit}`)
  return rowsOf<EventRow>(rows).map(eventLine)
}

type EventRow = {
  readonly id: string
  readonly tx: string
  readonly workspace_id: string
  readonly subject: string
  readonly subject_version: number
  readonly type: string
  readonly at: Date | string
  readonly body: string
  readonly digest: string
  readonly salt: string | null
  readonly detail: string | null
}

const eventLine = (row: EventRow): EventLine => ({
  line: 'event',
  id: row.id,
  tx: row.tx,
  workspace: row.workspace_id,
  subject: row.subject,
  version: row.subject_version,
  type: row.type,
  at: new Date(row.at).toISOString(),
  body: row.body,
  digest: row.digest,
  ...(row.salt === null ? {} : { detail: { salt: row.salt, text: row.detail ?? '' } }),
})

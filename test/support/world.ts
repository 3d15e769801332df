import { randomBytes } from 'node:crypto'
import type { Fetch } from '../../connectors/http.ts'
import { createKinds, createPlatforms, createWebhooks } from '../../connectors/registry.ts'
import type { Level } from '../../core/domain/ceiling.ts'
import type { ActionId, AgentId, MemberId, WorkspaceId } from '../../core/domain/ids.ts'
import type { Actor, Role } from '../../core/domain/people.ts'
import type { Result } from '../../core/domain/result.ts'
import { createCommits } from '../../core/gate/commits.ts'
import { createGate } from '../../core/gate/create-gate.ts'
import { createPolicyCache, type Dependencies, sha256 } from '../../core/gate/dependencies.ts'
import type { Proposal } from '../../core/gate/requests.ts'
import type { Refusal } from '../../core/gate/refusal.ts'
import type { ActionView } from '../../core/gate/views.ts'
import type { SideJob } from '../../core/ports/approvals.ts'
import type { Callbacks } from '../../core/ports/callbacks.ts'
import type { Judge } from '../../core/ports/judge.ts'
import type { Kinds } from '../../core/ports/kind.ts'
import type { LedgerKey } from '../../core/ports/ledger.ts'
import type { Store } from '../../core/ports/store.ts'
import { bootstrap } from '../../core/postgres/bootstrap.ts'
import type { Database } from '../../core/postgres/database.ts'
import { createNewId } from '../../core/postgres/new-id.ts'
import { createLedgerKey } from '../../core/postgres/ledger-key.ts'
import { createSecrets } from '../../core/postgres/secrets.ts'
import { createSideJobs } from '../../core/postgres/side-jobs.ts'
import { createStore } from '../../core/postgres/store.ts'
import { categoryOfScope } from '../../core/domain/trust/scope-score.ts'
import { versionOf } from '../../core/gate/trust-cell.ts'
import { giveInLedger, letEarn } from './earned.ts'
import { CREDENTIALS, startPlatforms } from './platforms.ts'
import { everythingIsOver, rowsOf } from './world-rows.ts'

/** A Wednesday, 10:00 in the workspace's zone. */
export const START = new Date('2026-03-04T17:00:00.000Z')
export const ZONE = 'America/Denver'

export type WorldOptions = {
  readonly policy?: object
  /** Shortens every platform timeout, so that a lost answer does not hold a test up. */
  readonly timeoutMs?: number
  /** False: the stand-ins may answer what no vendor would. */
  readonly isGuarded?: boolean
  /** The way to the platforms; the process's own where absent. */
  readonly fetch?: Fetch
  /** Where a machine under load must not count as a process that stood still. */
  readonly monotonicMs?: () => number
  /** For histories in which the same is proposed again after it was rejected. */
  readonly forgetsRejections?: boolean
  /** Instead of the connectors' own: a kind with another risk or effect. */
  readonly kinds?: Kinds
  /** Absent: no judge is set up. */
  readonly judge?: Judge
  /** Seals the connections; given where another process has to open them. */
  readonly secretKey?: Buffer
  /** Instead of a key of its own. */
  readonly ledgerKey?: LedgerKey
  /** A client's workspace in the installation of this operator, in the same database. */
  readonly operator?: { readonly workspaceId: WorkspaceId }
}

/** A whole gate on a real database with its platforms on loopback, and a clock that a test turns. */
export async function createWorld(database: Database, options: WorldOptions = {}) {
  let now = START
  const newId = createNewId(() => now.getTime())
  const workspaceId: WorkspaceId = newId('wks')
  const secrets = createSecrets([options.secretKey ?? randomBytes(32)])
  const ledgerKey = options.ledgerKey ?? createLedgerKey(randomBytes(32))
  const platforms = await startPlatforms(() => now, { isGuarded: options.isGuarded ?? true })
  const sideJobs = await createSideJobs(database)
  const store = createStore(database, () => now)
  const ids = { owner: newId('mem'), agent: newId('agt') }
  const tokens = { owner: `owner-${newId('mem')}`, agent: `agent-${newId('agt')}` }
  if (options.operator) {
    await database.query(
      "insert into workspaces (workspace_id, name, time_zone, locale, currency, approvals_channel, home, created_at) values ($1, 'A client', $2, 'en-US', 'USD', 'C2', false, $3)",
      [workspaceId, ZONE, START.toISOString()],
    )
  }
  await bootstrap(database, {
    workspace: {
      id: workspaceId,
      name: 'A dental practice',
      timeZone: ZONE,
      locale: 'en-US',
      currency: 'USD',
      approvalsChannel: 'C1',
    },
    owner: { id: ids.owner, name: 'Owner', email: 'owner@example.com', tokenHash: sha256(tokens.owner) },
    agent: { id: ids.agent, name: 'Copywriter', keyHash: sha256(tokens.agent), keyPrefix: 'agent' },
    connections: ['hubspot', 'mailchimp'].map((platform) => {
      const id = newId('con')
      return {
        id,
        platform,
        name: platform,
        sealed: secrets.seal(CREDENTIALS[platform] ?? '', id),
        stillHolds: () => true,
        sandbox: true,
      }
    }),
    slackTeam: `T${workspaceId}`,
    policy: options.policy ? { document: options.policy, hash: sha256(JSON.stringify(options.policy)) } : null,
  })

  if (options.forgetsRejections) {
    await database.query(
      'create or replace function forget() returns trigger language plpgsql as $$ begin return null; end $$',
      [],
    )
    await database.query(
      'create or replace trigger forget before insert on rejected_payloads for each row execute function forget()',
      [],
    )
  }

  const background: Promise<unknown>[] = []
  const errors: unknown[] = []
  /** What agents were told. */
  const callbacks: {
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }[] = []
  /** What the receivers answer next, in order; then 204. */
  const callbackAnswers: Awaited<ReturnType<Callbacks['post']>>[] = []
  /** A gate on one store; of two on one database each is a process of its own. */
  const start = (on: Store, signsWith = ledgerKey) => {
    const commits = createCommits()
    const deps: Dependencies = {
      store: on,
      kinds: options.kinds ?? createKinds(),
      webhooks: createWebhooks(),
      platforms: createPlatforms({
        fetch: options.fetch ?? globalThis.fetch,
        baseUrls: platforms.baseUrls,
        now: () => now.getTime(),
        ...(options.timeoutMs ? { timeoutMs: options.timeoutMs } : {}),
      }),
      secrets,
      judge: options.judge,
      ledgerKey: signsWith,
      callbacks: {
        post: async (url, headers, body) => {
          callbacks.push({ url, headers, body })
          return callbackAnswers.shift() ?? { ok: true, value: { status: 204 } }
        },
        problemOf: () => null,
      },
      newId,
      newSecret: () => randomBytes(32).toString('base64url'),
      background: (work) => void background.push(work().catch((error: unknown) => errors.push(error))),
      committed: commits.committed,
      nextCommit: commits.next,
      monotonicMs: options.monotonicMs ?? (() => performance.now()),
      compiled: createPolicyCache(),
      proposalRate: { intervalMs: 100, burst: 100 },
      homeWorkspace: options.operator?.workspaceId ?? workspaceId,
    }
    return { deps, ...createGate(deps) }
  }
  const { gate, sweep, sealLedger, deps, tellAgent, sweepCallbacks, forgetCallbacks, reviewTrust, reviewAll } =
    start(store)
  const member = (id: MemberId, role: Role, name: string): Extract<Actor, { kind: 'member' }> => ({
    kind: 'member',
    id,
    workspaceId,
    name,
    role,
    via: 'http',
  })
  const agent: Extract<Actor, { kind: 'agent' }> = { kind: 'agent', id: ids.agent, workspaceId, name: 'Copywriter' }
  const owner = member(ids.owner, 'owner', 'Owner')
  let keys = 0

  /** Lets everything that was started in the background come to its end. */
  async function settled(): Promise<void> {
    while (background.length > 0) await Promise.all(background.splice(0))
    if (errors.length > 0) throw errors[0]
  }
  async function drainJobs(): Promise<readonly SideJob[]> {
    const jobs: SideJob[] = []
    await sideJobs.runWaiting(async (job) => {
      jobs.push(job)
      return { kind: 'done' }
    })
    return jobs
  }
  return {
    database,
    store,
    gate,
    platforms,
    workspaceId,
    agent,
    owner,
    tokens,
    sideJobs,
    secrets,
    newId,
    settled,
    drainJobs,
    callbacks,
    callbackAnswers,
    tellAgent,
    sweepCallbacks,
    forgetCallbacks,
    /** Does what the side jobs' worker does with callbacks, and sends those that are due. */
    async tellAgents(): Promise<void> {
      await sideJobs.runWaiting(async (job) => {
        if (job.queue === 'webhook') await tellAgent(job.workspaceId, job.subject, job.version)
        return { kind: 'done' }
      })
      for (;;) {
        const { done, failed } = await sweepCallbacks(20)
        if (failed.length > 0) throw failed[0]
        if (done === 0) break
      }
    },
    hubspot: platforms.hubspot,
    mailchimp: platforms.mailchimp,
    approver: member(newId('mem'), 'approver', 'Approver'),
    admin: member(newId('mem'), 'admin', 'Admin'),
    viewer: member(newId('mem'), 'viewer', 'Viewer'),
    now: () => now,
    /** What the gate was made from, and nothing started after a commit: for a process that dies in between. */
    context: { ...deps, followUp: () => undefined },
    sweepOnce: sweep,
    async sealLedger() {
      await everythingIsOver(database)
      return await sealLedger()
    },
    ledgerKey,
    /** A second process on the same database, with its own connections, the same platforms and the same clock. */
    async beside(other: Database, given: { readonly ledgerKey?: LedgerKey } = {}) {
      const jobs = await createSideJobs(other)
      const second = start(
        createStore(other, () => now),
        given.ledgerKey,
      )
      return {
        gate: second.gate,
        sweepOnce: second.sweep,
        sealLedger: () => everythingIsOver(database).then(second.sealLedger),
        close: () => jobs.close(),
      }
    },
    ...rowsOf(database, workspaceId),
    /** Turns the clock; the sweep has to be called for what became due. */
    pass: (ms: number) => {
      now = new Date(now.getTime() + ms)
    },
    /** Sweeps until nothing is due, and lets the rest settle. */
    async sweep() {
      for (;;) {
        await settled()
        const swept = await sweep(50)
        if (swept.failed.length > 0) throw swept.failed[0]?.error
        if (swept.done === 0) break
      }
      await settled()
    },
    /** Lets the agent and the owner have a level in a scope, as if they had earned it before. */
    letEarn: (scope: string, level: Level, until?: Date): Promise<void> =>
      letEarn(store, {
        workspaceId,
        kinds: deps.kinds,
        proposers: [ids.agent, ids.owner],
        scope,
        level,
        by: ids.owner,
        ...(until ? { until } : {}),
      }),
    /** The same as a consent does it, with its place in the ledger. */
    giveInLedger: (scope: string, level: Level): Promise<void> =>
      giveInLedger(
        store,
        workspaceId,
        deps.kinds.all
          .filter(({ category }) => category === categoryOfScope(scope))
          .map(({ id: scenario }) => ({
            scope,
            scenario,
            agentId: ids.agent,
            agentVersion: versionOf({ proposerId: ids.agent, fingerprint: {} }),
          })),
        level,
        ids.owner,
      ),
    reviewTrust: () => reviewTrust(workspaceId),
    reviewAll,
    once: (key = `key-${(keys += 1)}`) => ({ key, bodyDigest: sha256(key) }),
    async propose(
      proposal: Pick<Proposal, 'kind' | 'input'> & Partial<Proposal>,
      actor: Actor = agent,
    ): Promise<ActionView> {
      const once = this.once()
      const { action } = value(await gate.proposeAction(actor, { reason: 'Recall season', ...proposal }, once))
      await settled()
      return value(await gate.getAction(actor, action.id))
    },
    async get(id: ActionId): Promise<ActionView> {
      return value(await gate.getAction(owner, id))
    },
    async approve(action: ActionView, by: Actor = owner): Promise<ActionView> {
      value(
        await gate.decideAction(by, {
          actionId: action.id,
          decision: 'approve',
          payloadHash: action.payloadHash ?? '',
        }),
      )
      await settled()
      return value(await gate.getAction(owner, action.id))
    },
    async close() {
      await settled()
      await sideJobs.close()
      await platforms.close()
    },
  }
}

export type World = Awaited<ReturnType<typeof createWorld>>
export type { AgentId }

export class RefusedError extends Error {
  readonly refusal: Refusal
  constructor(refused: Refusal) {
    super(`Refused: ${JSON.stringify(refused)}`)
    this.refusal = refused
  }
}

/** The value, or a failure that says what the refusal was. */
export function value<T>(result: Result<T, Refusal>): T {
  if (!result.ok) throw new RefusedError(result.error)
  return result.value
}

/** The refusal, or a failure. */
export function refusal(result: Result<unknown, Refusal>): Refusal {
  if (result.ok) throw new Error('It was not refused')
  return result.error
}

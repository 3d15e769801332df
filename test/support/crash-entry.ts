import { readFileSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createKinds, createPlatforms, createWebhooks } from '../../connectors/registry.ts'
import type { Actor } from '../../core/domain/people.ts'
import type { WorkspaceId } from '../../core/domain/ids.ts'
import { createCommits } from '../../core/gate/commits.ts'
import { createPolicyCache } from '../../core/gate/dependencies.ts'
import { openServer } from '../../core/postgres/database.ts'
import { createLedgerKey } from '../../core/postgres/ledger-key.ts'
import { createNewId } from '../../core/postgres/new-id.ts'
import { createSecrets } from '../../core/postgres/secrets.ts'
import { createSideJobs } from '../../core/postgres/side-jobs.ts'
import { createStore } from '../../core/postgres/store.ts'
import { type Target } from '../faults/crash-steps.ts'
import { VERBS } from '../faults/crash-verbs.ts'
import type { Point } from './crash-points.ts'
import { gateWithPoints } from './mortal-process.ts'

/** One verb in a process of its own, told on standard input; it kills itself at the point. */
export type Errand = {
  readonly url: string
  readonly secretKey: string
  readonly baseUrls: Readonly<Record<string, string>>
  readonly workspaceId: WorkspaceId
  readonly owner: Actor
  readonly agent: Actor
  /** A file with the milliseconds that all processes take for now. */
  readonly clock: string
  readonly verb: string
  readonly target: Target
  readonly point: Point | null
  /** Stops at the point instead, until somebody lets it go on. */
  readonly pauses?: true
}

/** What it prints, a line each; written at once, because it may be the last thing that it does. */
export type Told =
  | { readonly kind: 'ready' }
  | { readonly kind: 'point'; readonly point: Point }
  | { readonly kind: 'pausing' }
  | { readonly kind: 'answered' }
  | { readonly kind: 'ended'; readonly error: string | null }

const tell = (told: Told): void => void writeSync(1, `${JSON.stringify(told)}\n`)

async function run(errand: Errand): Promise<void> {
  const verb = VERBS.find(({ name }) => name === errand.verb)
  if (!verb) throw new Error(`There is no verb ${errand.verb}`)
  const now = (): Date => new Date(Number(readFileSync(errand.clock, 'utf8')))
  const database = openServer(errand.url, { max: 4 })
  const sideJobs = await createSideJobs(database)
  const commits = createCommits()
  const { doors, settled } = gateWithPoints(
    {
      deps: {
        store: createStore(database, now),
        kinds: createKinds(),
        webhooks: createWebhooks(),
        platforms: createPlatforms({ fetch: globalThis.fetch, baseUrls: errand.baseUrls }),
        ledgerKey: createLedgerKey(Buffer.from(errand.secretKey, 'base64')),
        secrets: createSecrets([Buffer.from(errand.secretKey, 'base64')]),
        callbacks: { post: async () => ({ ok: true, value: { status: 200 } }), problemOf: () => null },
        newId: createNewId(() => now().getTime()),
        newSecret: () => 'not needed here',
        background: () => {},
        committed: commits.committed,
        nextCommit: commits.next,
        monotonicMs: () => performance.now(),
        compiled: createPolicyCache(),
        proposalRate: { intervalMs: 100, burst: 100 },
        homeWorkspace: errand.workspaceId,
      },
      baseUrls: errand.baseUrls,
      now,
      owner: errand.owner,
      agent: errand.agent,
      ...(verb.isSlow ? { isSlow: true } : {}),
    },
    (point) => {
      const { point: last } = errand
      if (last === null) tell({ kind: 'point', point })
      else if (point.name === last.name && point.nth === last.nth && point.side === last.side) {
        if (errand.pauses) tell({ kind: 'pausing' })
        process.kill(process.pid, errand.pauses ? 'SIGSTOP' : 'SIGKILL')
      }
    },
  )
  await verb.run(doors, errand.target)
  tell({ kind: 'answered' })
  await settled()
  await sideJobs.close()
  await database.close()
}

tell({ kind: 'ready' })
createInterface({ input: process.stdin }).once('line', (line) => {
  // safe: written by the test that started this process
  run(JSON.parse(line) as Errand)
    .then(
      () => tell({ kind: 'ended', error: null }),
      (error: unknown) =>
        tell({ kind: 'ended', error: error instanceof Error ? (error.stack ?? error.message) : 'unknown' }),
    )
    .finally(() => process.exit())
})

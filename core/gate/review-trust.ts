import type { Level } from '../domain/ceiling.ts'
import type { WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { mayPropose } from '../domain/trust/gates.ts'
import { nextStep } from '../domain/trust/may-be-ready.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { ALL, isFor, levelNow, type Standing } from '../domain/trust/standing.ts'
import { cellName } from '../domain/trust/trust-book.ts'
import { nextQuarterlyReview } from '../rules/calendar.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { gatesOf, gatherEvidence } from './gather-evidence.ts'
import { endPromotion } from './end-promotion.ts'
import { giveLevel } from './give-level.ts'
import { agreementWords, observedAgreement } from './observed-agreement.ts'
import { drawAudits } from './draw-audits.ts'
import { inviteToLook } from './invite-to-look.ts'
import { candidateFor, proposePromotion } from './propose-promotion.ts'
import { returnAfterSilence } from './return-after-silence.ts'
import { tellExceptions } from './tell-exceptions.ts'
import { tellPeople } from './tell-people.ts'
import { watchBenchmarks } from './watch-benchmarks.ts'
import { tellTheatre } from './tell-theatre.ts'
import { LEVEL_WORDS, scenarioWords, scopeWords } from './trust-words.ts'

const NOTICE_DAYS = 14
const MOST_OPEN = 1000
const MS_PER_DAY = 86_400_000

export type Reviewed = {
  readonly proposed: number
  readonly raised: number
  readonly withdrawn: number
  readonly lapsed: number
}

/**
 * Looks at a workspace's levels: who has earned more, which proposals lost their ground, which grants run out, who is
 * invited to look. Doing it twice does nothing twice. Each finding is written in a transaction of its own.
 */
export async function reviewTrust(ctx: Context, workspaceId: WorkspaceId): Promise<Reviewed> {
  const lapsed = await lapse(ctx, workspaceId)
  await returnAfterSilence(ctx, workspaceId)
  await watchBenchmarks(ctx, workspaceId)
  const withdrawn = await withdraw(ctx, workspaceId)
  const raised = { proposed: 0, raised: 0 }
  for (const name of await candidates(ctx, workspaceId)) {
    const outcome = await propose(ctx, workspaceId, name)
    if (outcome !== null) raised[outcome] += 1
  }
  await inviteToLook(ctx, workspaceId)
  await tellExceptions(ctx, workspaceId)
  await tellTheatre(ctx, workspaceId)
  await drawAudits(ctx, workspaceId)
  return { ...raised, withdrawn, lapsed }
}

async function candidates(ctx: Context, workspaceId: WorkspaceId): Promise<readonly string[]> {
  return await ctx.store.read(workspaceId, async (tx) => {
    const [all, { standings }] = await Promise.all([tx.trust.readScopes(null), tx.snapshot()])
    const found: string[] = []
    for (const cell of all.flatMap(({ cells }) => cells)) {
      const beside = inCategory(all, cell.scope)
      const to = await candidateFor(tx, cell, beside, standings)
      // Looked at here first: under the control row nothing else can move.
      if (to !== null && mayPropose(gatesOf(to, await gatherEvidence(ctx, tx, cell, beside))))
        found.push(cellName(cell))
    }
    return found
  })
}

async function propose(ctx: Context, workspaceId: WorkspaceId, name: string): Promise<'proposed' | 'raised' | null> {
  const result = await transact<'proposed' | 'raised' | null, never>(ctx, workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const [all, { standings }] = await Promise.all([tx.trust.readScopes(null), tx.snapshot()])
    const cell = all.flatMap(({ cells }) => cells).find((one) => cellName(one) === name)
    const to = cell && (await candidateFor(tx, cell, inCategory(all, cell.scope), standings))
    return ok(cell && to ? await proposePromotion(ctx, tx, cell, inCategory(all, cell.scope), to) : null)
  })
  return result.ok ? result.value : null
}

const inCategory = <T extends { readonly scope: { readonly scope: string } }>(all: readonly T[], scope: string) =>
  all.filter((one) => categoryOfScope(one.scope.scope) === categoryOfScope(scope))

/** Takes open proposals back whose gates do not hold any more: nobody grants on old evidence. */
async function withdraw(ctx: Context, workspaceId: WorkspaceId): Promise<number> {
  const result = await transact<number, never>(ctx, workspaceId, async (tx) => {
    const { standings } = await tx.snapshot()
    const open = await tx.promotions.list({ state: 'open', limit: MOST_OPEN })
    let ended = 0
    for (const row of open) {
      const all = await tx.trust.readScopes(categoryOfScope(row.scope))
      const cell = all
        .flatMap(({ cells }) => cells)
        .find((one) => isFor(one, row) && one.agentVersion === row.agentVersion)
      const standing = standings.find((one) => isFor(one, row)) ?? null
      const isNext = nextStep(standing, tx.now.getTime()) === row.toLevel
      const holds = isNext && cell && mayPropose(gatesOf(row.toLevel, await gatherEvidence(ctx, tx, cell, all)))
      if (!holds && (await endPromotion(tx, row, 'withdrawn', null))) ended += 1
    }
    return ok(ended)
  })
  return result.ok ? result.value : 0
}

/** Gives notice of grants that run out within 14 days, and lets those that did cost one level. */
async function lapse(ctx: Context, workspaceId: WorkspaceId): Promise<number> {
  const ending = await ctx.store.read(workspaceId, async (tx) =>
    (await tx.snapshot()).standings.some((standing) => endsWithin(standing, tx.now, NOTICE_DAYS)),
  )
  if (!ending) return 0
  const result = await transact<number, never>(ctx, workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const { standings, workspace } = await tx.snapshot()
    let over = 0
    for (const standing of standings.filter((one) => endsWithin(one, tx.now, NOTICE_DAYS))) {
      if (!endsWithin(standing, tx.now, 0)) await giveNotice(ctx, tx, standing)
      else {
        over += 1
        await lapseOne(ctx, tx, standing, nextQuarterlyReview(tx.now, workspace.timeZone).getTime())
      }
    }
    return ok(over)
  })
  return result.ok ? result.value : 0
}

const endsWithin = ({ level, untilMs }: Standing, now: Date, days: number): boolean =>
  untilMs !== null && level !== 2 && untilMs - now.getTime() <= days * MS_PER_DAY

async function giveNotice(ctx: Context, tx: Move, standing: Standing): Promise<void> {
  if (standing.level < 3) return
  const { scope, scenario, agentId, level, untilMs } = standing
  await tellPeople(ctx, tx, 'lapse_soon', `${scope}/${scenario}/${agentId}/${untilMs ?? ''}`, {
    title: `${scopeWords(scope)}: the grant runs out soon`,
    lines: [
      `${scenarioWords(scenario)} may ${LEVEL_WORDS[level]} until the quarterly review.`,
      'Without a renewal it falls by one level then; nothing else changes.',
    ],
    key: { scope, scenario, agentId },
  })
}

async function lapseOne(ctx: Context, tx: Move, standing: Standing, review: number): Promise<void> {
  const { scope, scenario, agentId, agentVersion, untilMs } = standing
  // Observation ends by time alone, into level 2; what is said for everybody bounds nothing more then.
  const lower: Level = agentId === ALL ? 5 : levelNow(standing, tx.now.getTime())
  await giveLevel(
    tx,
    standing,
    agentVersion,
    { level: lower, byId: null, untilMs: lower > 2 && agentId !== ALL ? review : null },
    { type: 'lapsed', by: 'gate' },
  )
  await tellPeople(ctx, tx, 'lapsed', `${scope}/${scenario}/${agentId}/${untilMs ?? ''}`, {
    title: agentId === ALL ? `${scopeWords(scope)}: observation is over` : `${scopeWords(scope)}: a grant ran out`,
    lines: [
      agentId === ALL
        ? `From now on every action waits for you there. ${agreementWords(await observedAgreement(ctx, tx, scope, new Date(standing.atMs)))}`
        : `${scenarioWords(scenario)} may ${LEVEL_WORDS[lower]} now. It can be granted again at any time.`,
    ],
    key: { scope, scenario, agentId },
  })
}

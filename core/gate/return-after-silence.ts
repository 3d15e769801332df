import type { WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { dayOf } from '../domain/trust/score-window.ts'
import { ALL, type Standing } from '../domain/trust/standing.ts'
import { reviewedOnReturn } from '../domain/trust/staleness.ts'
import { type Context, transact } from './dependencies.ts'
import { giveLevel } from './give-level.ts'

/** Where nothing ran for 90 days a person decides the first five on return; the level stays. Section 3. */
export async function returnAfterSilence(ctx: Context, workspaceId: WorkspaceId): Promise<void> {
  const isAlone = ({ agentId, level, reviewLeft }: Standing): boolean =>
    agentId !== ALL && level > 2 && reviewLeft === 0
  const idle = await ctx.store.read(workspaceId, async (tx) => {
    const today = dayOf(tx.now.getTime())
    const alone = (await tx.snapshot()).standings.filter(isAlone)
    const newest = await Promise.all(alone.map((one) => tx.evidence.lastRanAt(one)))
    return alone.filter((one, at) => {
      const ranAt = newest[at] ?? new Date(one.atMs)
      return reviewedOnReturn(dayOf(Math.max(ranAt.getTime(), one.atMs)), today, one.reviewLeft) > 0
    })
  })
  if (idle.length === 0) return
  await transact<void, never>(ctx, workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const { standings } = await tx.snapshot()
    for (const one of standings.filter(
      (now) => isAlone(now) && idle.some((was) => was.epoch === now.epoch && isSame(was, now)),
    )) {
      const { level, byId, untilMs, reclaimed, agentVersion } = one
      const reviewLeft = reviewedOnReturn(0, Number.MAX_SAFE_INTEGER, 0)
      await giveLevel(
        tx,
        one,
        agentVersion,
        { level, byId, untilMs, reclaimed, reviewLeft },
        { type: 'returned', by: 'gate' },
      )
    }
    return ok(undefined)
  })
}

const isSame = (a: Standing, b: Standing): boolean =>
  a.scope === b.scope && a.scenario === b.scenario && a.agentId === b.agentId

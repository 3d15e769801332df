import type { WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { ALL, type Standing } from '../domain/trust/standing.ts'
import { dayWindow } from '../rules/calendar.ts'
import { type Context, transact } from './dependencies.ts'
import { tellPeople } from './tell-people.ts'
import { scenarioWords, scopeWords } from './trust-words.ts'

const DIGEST_DAYS = 14
const MS_PER_DAY = 86_400_000

/** For 14 days after a first grant people are told every day what it did alone, and what of that went wrong. */
export async function tellExceptions(ctx: Context, workspaceId: WorkspaceId): Promise<void> {
  const isNew = ({ agentId, level, firstAtMs }: Standing, now: Date): boolean =>
    agentId !== ALL && level > 2 && firstAtMs !== null && now.getTime() - firstAtMs <= DIGEST_DAYS * MS_PER_DAY
  const any = await ctx.store.read(workspaceId, async (tx) =>
    (await tx.snapshot()).standings.some((standing) => isNew(standing, tx.now)),
  )
  if (!any) return
  await transact<void, never>(ctx, workspaceId, async (tx) => {
    const { standings, workspace } = await tx.snapshot()
    const today = dayWindow(tx.now, workspace.timeZone)
    const yesterday = dayWindow(new Date(today.startsAt.getTime() - 1), workspace.timeZone)
    const lines: string[] = []
    for (const standing of standings.filter((one) => isNew(one, tx.now))) {
      if ((standing.firstAtMs ?? 0) >= today.startsAt.getTime()) continue
      const ran = await tx.evidence.ranAlone(standing, yesterday.startsAt, yesterday.endsAt)
      const wrong = [
        ...(ran.undone > 0 ? [`${ran.undone} taken back`] : []),
        ...(ran.exceptions > 0 ? [`${ran.exceptions} that need a look`] : []),
      ]
      lines.push(
        `${scopeWords(standing.scope)}, ${scenarioWords(standing.scenario)}: ${ran.actions} ran by themselves, ${wrong.length === 0 ? 'nothing went wrong' : wrong.join(', ')}.`,
      )
    }
    if (lines.length > 0) {
      const title = `Newly by itself: ${yesterday.name}`
      await tellPeople(ctx, tx, 'exceptions_digest', yesterday.name, { title, lines })
    }
    return ok(undefined)
  })
}

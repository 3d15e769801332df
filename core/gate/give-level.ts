import type { MemberId } from '../domain/ids.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { ledgeredJson } from '../domain/trust/ledger-trust.ts'
import { firstStanding, type Given, give, isFor, type Standing, type StandingKey } from '../domain/trust/standing.ts'
import type { Move } from './dependencies.ts'
import { endPromotion } from './end-promotion.ts'
import { written } from './written.ts'

export type Giving = {
  readonly type:
    | 'granted'
    | 'renewed'
    | 'lowered'
    | 'reclaimed'
    | 'handed_back'
    | 'observed'
    | 'lapsed'
    | 'returned'
    | 'benchmark_missed'
    | 'raised_by_consent'
  /** The member who did it, or who consented in advance; `gate` where it fell by itself. */
  readonly by: string
  readonly reason?: string | null | undefined
  /** What becomes of an open proposal for it; it is withdrawn where absent. */
  readonly ends?: 'granted'
}

/**
 * Puts a standing at another level, with its ledger event. The caller holds the control row for update, so that nothing
 * is claimed or counted meanwhile. Returns the standing before and after.
 */
export async function giveLevel(
  tx: Move,
  key: StandingKey,
  agentVersion: string,
  given: Given,
  { type, by, reason, ends }: Giving,
): Promise<{ readonly before: Standing | null; readonly after: Standing }> {
  const [{ standings }, [scope]] = await Promise.all([
    tx.snapshot(),
    tx.trust.readScopes(categoryOfScope(key.scope)).then((all) => all.filter((one) => one.scope.scope === key.scope)),
  ])
  const before = standings.find((standing) => isFor(standing, key)) ?? null
  const atMs = tx.now.getTime()
  const start = before ?? firstStanding(key, agentVersion, scope?.scope.tier.tier ?? 'review', atMs)
  const after = give(start, { agentVersion, ...given }, atMs)
  await tx.trust.write({ standings: [after] })
  const subject = `grant:${key.scope}`
  await tx.appendEvent({
    subject,
    subjectVersion: await tx.nextSubjectVersion(subject),
    type,
    body: {
      by,
      from: before?.level ?? null,
      to: after.level,
      trust: ledgeredJson({ kind: 'given', key, agentVersion, given: { agentVersion, ...given } }),
    },
    ...written(reason),
  })
  const open = await tx.promotions.newestOf(key)
  if (open?.state === 'open' && type !== 'renewed')
    await endPromotion(tx, open, ends ?? 'withdrawn', byMember(given.byId))
  return { before, after }
}

// safe: an id of ours, or nobody's
const byMember = (byId: string | null) => byId as MemberId | null

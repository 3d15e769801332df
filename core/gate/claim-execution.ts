import { type Band, BANDS } from '../domain/band.ts'
import type { Json } from '../domain/canonical.ts'
import type { ActionId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { coversKind } from '../domain/switches.ts'
import { isOver, lastMoment } from '../domain/timing.ts'
import { hasNewObjection, isStricter, type Verdict, verdictOf } from '../domain/verdict.ts'
import type { Facts, Kind, Recipient } from '../ports/kind.ts'
import type { StoredAction } from '../ports/rows.ts'
import { type Context, sha256, transactOn } from './dependencies.ts'
import { isCampaignBusy } from './commit-daily.ts'
import { checkRecipients, reachedFacts } from './check-recipients.ts'
import { type Evaluated, evaluateAction } from './evaluate-action.ts'
import { limitsOnRecipients } from './policy-at.ts'
import { expireStored } from './expire-action.ts'
import { judgedAnew } from './judged-anew.ts'
import { judgeNow } from './judge-now.ts'
import { moveAction } from './move-action.ts'
import { tooMuchTogether } from './pieces-together.ts'
import { earlier } from './place-proposal.ts'
import type { ToReach } from './read-recipients.ts'
import { isOutdated, recallStored } from './recall-action.ts'
import { type Return, returnToWaiting } from './return-to-waiting.ts'
import { frozenTopic, topicNote } from './switch-reach.ts'

/** What was just read on the platform. */
export type LastLook = {
  /** The touched fields as they were, for the undo. */
  readonly before: Json
  /** What it binds, and what is judged; null: it binds nothing there. */
  readonly facts: Facts | null
  /** Whom it would reach; null: nobody whose consent counts. */
  readonly toReach: ToReach | null
  /** When the look began, by the database or before that. */
  readonly since: Date
}

/**
 * The claim: one transaction in which stop, epochs, expiry, verdict and budget are checked once more and the action
 * becomes `executing` with a lease. It holds the control rows for share, so that a stop either sees the claim or
 * prevents it. `onChecked` is told whom alone it may reach, where that is not everybody. Null: somebody else claimed it, it
 * is stopped, or it went back to a person.
 */
export async function claimExecution(
  ctx: Context,
  seen: StoredAction,
  kind: Kind,
  { before, facts: looked, toReach, since }: LastLook,
  onChecked: (only: readonly Recipient[] | null) => void = () => {},
): Promise<StoredAction | null> {
  const result = await transactOn<StoredAction | null, never>(
    ctx,
    seen.action.workspaceId,
    seen.action.id,
    async (tx) => {
      const stored = await tx.loadToMove(seen.action.id)
      if (!stored || stored.state.version !== seen.state.version) return ok(null)
      const { action, payload, state } = stored
      const snapshot = await tx.snapshot()
      if (snapshot.switches.some(({ target }) => coversKind(target, action, kind))) return ok(null)
      if (state.expiresAt !== null && state.expiresAt <= tx.now) return ok(null)
      const limits = limitsOnRecipients(ctx, snapshot, { kind, action, facts: looked })
      const checked = toReach && (await checkRecipients(tx, stored, kind, limits, toReach))
      const fresh = reachedFacts(looked, checked)
      const frozen = frozenTopic(snapshot, payload) ?? frozenTopic(snapshot, { ...payload, facts: fresh })
      if (frozen) {
        const note = topicNote(frozen)
        await returnToWaiting(ctx, tx, stored, { type: 'recalled', note, differences: [], preflight: [] })
        return ok(null)
      }
      const proposed = {
        kind,
        action,
        input: payload.input,
        facts: payload.facts,
      }
      const decided = evaluateAction(ctx, snapshot, proposed, tx.now)
      const { slotAt } = decided.timing
      if (slotAt !== null && slotAt > tx.now) {
        // An earlier version had the platform told before its time.
        const expiresAt = earlier(action.givenExpiry, lastMoment(decided.timing))
        const clocks = { state: state.state, runAt: slotAt, expiresAt }
        await moveAction(tx, stored, clocks, { type: 'rebound', by: 'gate' })
        return ok(null)
      }
      if (isOver(decided.timing, tx.now)) {
        await expireStored(ctx, tx, stored)
        return ok(null)
      }
      if (isOutdated(state, snapshot, decided)) {
        await recallStored(ctx, tx, stored, snapshot, decided)
        return ok(null)
      }
      const evaluated = fresh ? evaluateAction(ctx, snapshot, { ...proposed, facts: fresh }, tx.now) : decided
      const facts = fresh ? { facts: { kind, facts: fresh } } : {}
      if (state.approved && isLarger(evaluated.band, decided.band)) {
        const note = `It did not go out: it reaches ${evaluated.people} people by now; ${decided.people} when it was decided.`
        await returnToWaiting(ctx, tx, stored, { type: 'drifted', note, differences: [], preflight: [], ...facts })
        return ok(null)
      }
      if (!state.approved && !evaluated.runsAlone) {
        const note = `It waits for you now: ${evaluated.level.why}`
        await returnToWaiting(ctx, tx, stored, { type: 'recalled', note, differences: [], preflight: [], ...facts })
        return ok(null)
      }
      const whole = state.approved
        ? null
        : await tooMuchTogether(tx, stored, (together) =>
            evaluateAction(ctx, snapshot, { ...proposed, facts: fresh ?? payload.facts, together }, tx.now),
          )
      if (whole !== null) {
        const why = { type: 'recalled' as const, note: whole, differences: [], preflight: [], ...facts }
        await returnToWaiting(ctx, tx, stored, why)
        return ok(null)
      }
      const judged = await judgeNow(ctx, tx, state, evaluated)
      const { verdict, charges } = judged
      if (isStricter(verdict.outcome, state.acceptedOutcome ?? 'pass') || hasNewObjection(verdict, payload.verdict)) {
        const why = { ...objectionOf(verdict), differences: [], preflight: [], judged, ...facts }
        await returnToWaiting(ctx, tx, stored, why)
        return ok(null)
      }
      if (checked?.kind === 'blocked') {
        const stopped = verdictOf([checked.reason, ...verdict.reasons])
        const why = {
          ...objectionOf(stopped),
          differences: [],
          preflight: [],
          judged: { verdict: stopped, charges },
          ...facts,
        }
        await returnToWaiting(ctx, tx, stored, why)
        return ok(null)
      }
      if (await isCampaignBusy(tx, stored, charges, since)) {
        const tried = { tries: state.tries, note: 'Another change of this campaign is under way; this one follows it.' }
        await tx.postpone(action.id, state.version, new Date(tx.now.getTime() + BEHIND_ANOTHER_MS), tried)
        return ok(null)
      }
      await tx.holdStandings(snapshot.control.standings)
      const attempt = state.attempt + 1
      const leaseUntil = new Date(tx.now.getTime() + 2 * kind.timeoutMs)
      // The money moves to the day of its effect, as it is by now.
      const { amountMinor, scopeEpoch } = evaluated
      const claimed = await moveAction(
        tx,
        stored,
        {
          state: 'executing',
          attempt,
          tries: state.tries + 1,
          leaseUntil,
          runAt: null,
          charges,
          amountMinor,
          scopeEpoch,
          remark: null,
        },
        {
          type: 'claimed',
          by: 'gate',
          body: { attempt, ...(checked?.reach ? { reaches: checked.only?.length ?? 0, of: checked.reach.of } : {}) },
          // Who it reaches is told as it was sent, not as it was shown.
          ...(evaluated.people === decided.people && fresh?.reach?.says === payload.facts?.reach?.says
            ? {}
            : { payload: judgedAnew(stored, evaluated, judged, false) }),
        },
      )
      if (kind.reachesPeople) await tx.lookUps.keepSent(sentOf(action.id, evaluated, tx.now))
      await tx.insertExecution({
        actionId: action.id,
        attempt,
        direction: 'do',
        state: 'running',
        before,
        requestDigest: sha256(`${payload.hash ?? ''}:${attempt}`),
        startedAt: tx.now,
        leaseUntil,
        finishedAt: null,
        receipt: null,
        error: null,
      })
      if (checked && kind.reachesPeople) await tx.people.replaceExposures(action.id, checked.exposures)
      // Up to here the share locks keep what was checked as it was, however far away the database is.
      onChecked(checked?.only ?? null)
      return ok(claimed)
    },
  )
  return result.ok ? result.value : null
}

/** How long a change of a campaign waits before it looks again whether the one before is done. */
const BEHIND_ANOTHER_MS = 5_000

const sentOf = (actionId: ActionId, { digests, channel }: Evaluated, at: Date) => ({
  actionId,
  text: digests.text,
  audience: digests.audience,
  channel,
  at,
})

const isLarger = (now: Band, then: Band): boolean => BANDS.indexOf(now) > BANDS.indexOf(then)

function objectionOf({ reasons }: Verdict): Pick<Return, 'type' | 'note'> {
  const [first] = reasons
  return {
    type: first?.rule.startsWith('budget.') ? 'over_budget' : 'stricter',
    note: `It did not go out: ${first?.text ?? 'a guardrail is stricter now.'}`,
  }
}

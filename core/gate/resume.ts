import type { ActionId, SwitchId } from '../domain/ids.ts'
import { IN_FLIGHT } from '../domain/action-states.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import type { SwitchTarget } from '../domain/switches.ts'
import { decideBy, isOver, type Timing, withoutPassedSlot } from '../domain/timing.ts'
import type { StoredAction, SwitchRow } from '../ports/rows.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { switchView } from './describe-action.ts'
import type { Answer } from './gate.ts'
import type { Resuming } from './requests.ts'
import { moveAction } from './move-action.ts'
import type { Refusal } from './refusal.ts'
import { returnToWaiting } from './return-to-waiting.ts'
import { redraw } from './stop.ts'
import { isAbout } from './switch-reach.ts'
import { timingOfAction } from './timing-of-action.ts'
import type { SwitchView } from './views.ts'
import { stopWords, targetJson } from './target-words.ts'
import { written } from './written.ts'

const PAGE = 200

/** For how long people look at everything after a staged resume, where nothing else is said. */
const REVIEW_HOURS = 24
const MOST_REVIEW_HOURS = 24 * 30
const HOUR_MS = 3_600_000

/**
 * Lifts one stop, or every stop of the workspace. Frozen clocks get their time back; each action is checked again by
 * its claim before it runs; what was proposed by an agent that was itself stopped goes back to a person. Staged
 * (`review`), all that had been let through does, and its levels act as 2 for a while. Lifting a review ends it early.
 */
export async function resume(
  ctx: Context,
  actor: Actor,
  which: SwitchId | 'every',
  reason: string | null,
  { stage = 'all', forHours = REVIEW_HOURS }: Resuming = {},
): Answer<readonly SwitchView[]> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'resume'))
    return err({ kind: 'not_permitted', why: 'Only admins and owners can resume.' })
  const mayEverywhere = actor.workspaceId === ctx.homeWorkspace
  const { switches, reviews } = await ctx.store.read(actor.workspaceId, (tx) => tx.snapshot())
  const meant = [...switches, ...reviews.filter(({ id }) => id === which)].filter(
    ({ id, workspaceId }) => (which === 'every' || id === which) && (workspaceId !== '*' || mayEverywhere),
  )
  if (meant.length === 0 && which !== 'every')
    return err({ kind: 'not_found', what: 'this stop (or it was lifted already)' })
  const problem = (path: string, says: string) => err<Refusal>({ kind: 'malformed', problems: [{ path, says }] })
  if (stage === 'review') {
    if (!(forHours > 0 && forHours <= MOST_REVIEW_HOURS)) return problem('for_hours', 'Between one hour and 30 days.')
    if (meant.some(({ workspaceId }) => workspaceId === '*'))
      return problem('stage', 'The whole installation is resumed at once; stop and stage each workspace by itself.')
  }
  const body = { by: actor.id }
  const resumed = ({ id }: SwitchRow) => ({ subject: id, subjectVersion: 2, type: 'resumed', body, ...written(reason) })
  const lifted: SwitchRow[] = []
  for (const row of meant.filter(({ workspaceId }) => workspaceId === '*')) {
    const gone = await ctx.store.liftInstallationStop(row.id, actor.name, reason, resumed(row), actor.workspaceId)
    if (gone) lifted.push(gone)
  }
  return await transact<readonly SwitchView[], Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const own: SwitchRow[] = []
    for (const row of meant.filter(({ workspaceId }) => workspaceId !== '*')) {
      const gone = await tx.liftSwitch(row.id, actor.name, reason)
      if (!gone) continue
      own.push(gone)
      if (!reviews.some(({ id }) => id === row.id)) await tx.thaw(gone.target, gone.at)
    }
    for (const row of own) await tx.appendEvent(resumed(row))
    if (stage === 'review')
      for (const row of own) await putUnderReview(ctx, tx, actor, row, new Date(tx.now.getTime() + forHours * HOUR_MS))
    for (const row of [...lifted, ...own]) {
      if (!reviews.some(({ id }) => id === row.id)) await recallAfter(ctx, tx, row, stage)
      await redraw(tx, row.target)
    }
    return ok([...lifted, ...own].map(switchView))
  })
}

async function putUnderReview(
  ctx: Context,
  tx: Move,
  actor: Extract<Actor, { kind: 'member' }>,
  { workspaceId, target, reason }: SwitchRow,
  until: Date,
): Promise<void> {
  const id = ctx.newId('swt')
  await tx.insertReview({ id, workspaceId, target, reason, byId: actor.id, byName: actor.name, at: tx.now, until })
  const body = { target: targetJson(target), by: actor.id, until: until.toISOString() }
  await tx.appendEvent({
    subject: id,
    subjectVersion: 1,
    type: 'resumed_under_review',
    body,
    ...stopWords(target, null),
  })
}

type Stage = NonNullable<Resuming['stage']>

/** What had been let through and needs a person now: all of it in a staged resume, else what `returnNote` says. */
async function recallAfter(ctx: Context, tx: Move, { target, at }: SwitchRow, stage: Stage): Promise<void> {
  let before: ActionId | undefined
  for (;;) {
    const states = [...IN_FLIGHT, 'awaiting_approval'] as const
    const page = await tx.listActions({ states, limit: PAGE, ...(before ? { before } : {}) })
    for (const stored of page) {
      const kind = ctx.kinds.get(stored.action.kind)
      if (!kind || !isAbout(target, stored)) continue
      const timing = timingOfAction(kind, stored.action, stored.payload.input)
      if (stored.state.state === 'awaiting_approval') {
        await boundByItsTime(tx, stored, timing)
        continue
      }
      // What came too late for its time runs out by itself.
      if (isOver(timing, tx.now)) continue
      const note = returnNote(timing, target, at, tx.now, stage)
      if (note !== null)
        await returnToWaiting(ctx, tx, stored, { type: 'recalled', note, differences: [], preflight: [] })
    }
    before = page.at(-1)?.action.id
    if (page.length < PAGE) return
  }
}

/** The time that it was given back for waiting does not put off the time that it names. */
async function boundByItsTime(tx: Move, stored: StoredAction, timing: Timing): Promise<void> {
  const { state } = stored
  const until = timing.plannedAt && decideBy(withoutPassedSlot(timing, tx.now))
  if (until === null || (state.expiresAt !== null && state.expiresAt <= until)) return
  await moveAction(tx, stored, { state: state.state, expiresAt: until }, { type: 'rebound', by: 'gate' })
}

/** Its agent was the reason for the stop, its time passed meanwhile, or people want to look first; null: it goes on. */
function returnNote({ slotAt }: Timing, target: SwitchTarget, at: Date, now: Date, stage: Stage): string | null {
  if (slotAt !== null && slotAt > at && slotAt <= now)
    return 'Its time passed while it was stopped, so it came back to you.'
  if (target.kind === 'agent') return 'Its agent had been stopped, so it came back to you.'
  return stage === 'review' ? 'It had been stopped and was resumed under review, so it came back to you.' : null
}

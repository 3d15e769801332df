import type { DecisionKept } from '../../core/domain/decision.ts'
import type { ActionView, DecisionView } from '../../core/gate/views.ts'
import { fence, sentence } from './mrkdwn.ts'
import { type ViewContext } from './view-context.ts'
import { when } from './when.ts'

/** The newest decision of one of these verbs. */
export const lastDecision = (
  action: Pick<ActionView, 'decisions'>,
  ...verbs: readonly DecisionKept[]
): DecisionView | null =>
  action.decisions
    .filter((one) => verbs.includes(one.decision))
    .reduce<DecisionView | null>((newest, one) => (newest === null || one.at >= newest.at ? one : newest), null)

/** Whether a person said yes to it, as opposed to running by its level. */
export const approvedByPerson = (action: Pick<ActionView, 'decisions'>): boolean =>
  lastDecision(action, 'approve', 'edit') !== null

/** What it is about: what will be so, or, once it happened and was taken back, what was so. */
export const subjectWords = (action: ActionView): string =>
  action.executedAt !== null && (action.state === 'undone' || action.state === 'undoing')
    ? action.preview.done
    : action.preview.title

/** What approving does, so that nobody wonders whether it executes. */
export function promiseWords(action: ActionView, ctx: ViewContext): string {
  if (action.dryRun) return 'A dry run: approving changes nothing.'
  const nothingYet = 'Nothing is live until you approve.'
  if (action.slotAt !== null && action.slotAt > ctx.now)
    return `${nothingYet} Approve plans it for ${when(action.slotAt, ctx)}; it is checked again then.`
  return `${nothingYet} Approve ${doingWords(action)} at once.`
}

/** "sends it", "publishes it", "carries it out". */
export function doingWords(action: ActionView): string {
  const verb = action.kind.id.split('.').at(-1) ?? ''
  if (verb.startsWith('send') || verb === 'schedule') return 'sends it'
  if (verb.startsWith('publish') || verb.startsWith('post') || verb.startsWith('reply')) return 'publishes it'
  return 'carries it out'
}

/** What can be taken back once it is done. */
export function undoWords(action: ActionView): string {
  switch (action.undo.class) {
    case 'exact':
      return 'Everything can be put back as it was'
    case 'compensating':
      return 'Can be made good with a second change'
    case 'held':
      return 'Only until it goes out; afterwards it cannot be called back'
    case 'none':
      return 'Cannot be undone'
  }
}

/** Why a person is asked: the rule that asked, or else the level that bound. */
export function whyAsked(action: ActionView): string {
  const rules = action.verdict?.reasons.filter((reason) => reason.outcome === 'ask') ?? []
  if (rules.length > 0) return rules.map((rule) => fence(sentence(rule.text))).join(' ')
  return action.level === null ? 'A person decides about this.' : fence(sentence(action.level.why))
}

const RUNS_ALONE = 3

/**
 * Where it waits although its level or its grant would let it run: what held it back. Null: it waits by its level, or
 * `whyAsked` says it already.
 */
export function wouldHaveRun(action: ActionView): string | null {
  const { level, verdict } = action
  const isAskedByRule = verdict?.reasons.some((reason) => reason.outcome === 'ask') === true
  if (level === null || !isAskedByRule) return null
  if (level.inForce >= RUNS_ALONE)
    return `At level ${level.inForce} it would have run by itself, but that asks for you.`
  return (level.grant ?? 0) >= RUNS_ALONE ? fence(sentence(level.why)) : null
}

/** What bound the level of something that ran by itself; null: a person let it run, or there is nothing to say. */
export const boundWords = (action: ActionView): string | null =>
  approvedByPerson(action) || action.level === null || action.level.why.trim() === ''
    ? null
    : fence(sentence(action.level.why))

/** What the guardrails wish to be noticed although they let it pass. */
export const warnings = (action: ActionView): readonly string[] =>
  (action.verdict?.reasons ?? []).filter((reason) => reason.outcome === 'warn').map((reason) => fence(reason.text))

/** Until when *Undo* is on offer; null: it is not. */
export const undoUntil = (action: ActionView, now: Date): Date | null =>
  action.state === 'executed' &&
  (action.undo.class === 'exact' || action.undo.class === 'compensating') &&
  action.undo.until !== null &&
  action.undo.until > now
    ? action.undo.until
    : null

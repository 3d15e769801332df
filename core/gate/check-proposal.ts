import { CATEGORIES, type Category } from '../domain/category.ts'
import { BANDS } from '../domain/band.ts'
import { ceilingOf } from '../domain/ceiling.ts'
import { coversKind } from '../domain/switches.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { ActionId } from '../domain/ids.ts'
import type { Input, Kind, Kinds } from '../ports/kind.ts'
import type { Snapshot, StoredAction, SwitchRow } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { PolicyDocument } from '../rules/policy.ts'
import type { Standpoint } from '../rules/scope.ts'
import { levelNow } from '../domain/trust/standing.ts'
import { checkKeyChannel } from './agent-scope.ts'
import { policyAt } from './policy-at.ts'
import type { Dependencies } from './dependencies.ts'
import type { Proposal } from './requests.ts'
import type { Refusal } from './refusal.ts'
import { switchWords } from './switch-words.ts'

type Checked<T> = Result<T, Refusal>

/** The kind and the strictly parsed input, or what is wrong with them. Needs no database. */
export function parseProposal(
  kinds: Kinds,
  proposal: Pick<Proposal, 'kind' | 'input'>,
): Checked<{ readonly kind: Kind; readonly input: Input }> {
  const kind = kinds.get(proposal.kind)
  if (!kind) return err({ kind: 'unknown_kind', action: proposal.kind, known: kinds.all.map(({ id }) => id) })
  const parsed = kind.parse(proposal.input)
  if (parsed.ok) return ok({ kind, input: parsed.value })
  return err({
    kind: 'malformed',
    problems: parsed.error.map(({ path, says }) => ({ path: path === '' ? 'input' : `input.${path}`, says })),
  })
}

/** Whether the gate would ever call this address; where its name leads is looked at when it is called. */
export function checkCallbackAddress(
  { callbacks }: Pick<Dependencies, 'callbacks'>,
  callbackUrl: string | undefined,
): Checked<void> {
  const says = callbackUrl === undefined ? null : callbacks.problemOf(callbackUrl)
  return says === null ? ok(undefined) : err({ kind: 'malformed', problems: [{ path: 'callback_url', says }] })
}

/** Whether this agent's key (or this member's role) may propose this kind. */
export function checkProposer(snapshot: Snapshot, actor: Actor, kind: Kind): Checked<void> {
  if (actor.kind === 'member') {
    if (mayDo(actor.role, 'propose')) return ok(undefined)
    return err({ kind: 'not_permitted', why: 'Viewers cannot propose actions. An admin can change the role.' })
  }
  const agent = snapshot.agents.find(({ id }) => id === actor.id)
  if (!agent) return err({ kind: 'not_permitted', why: 'This agent is disabled. An admin can create a new key.' })
  if (agent.kinds.length === 0 || agent.kinds.includes(kind.id)) return checkKeyChannel(agent, kind)
  return err({
    kind: 'not_permitted',
    why: `This key may propose ${agent.kinds.join(', ')}; “${kind.title}” (${kind.id}) is not among them.`,
  })
}

/** The stop that covers this proposal, if any is on. */
export function stopOf(
  snapshot: Snapshot,
  actor: Pick<Actor, 'kind' | 'id'>,
  kind: Pick<Kind, 'id' | 'platform' | 'channel' | 'category'>,
  category: string,
): SwitchRow | null {
  const subject = {
    agentId: actor.kind === 'agent' ? actor.id : null,
    category,
    channel: kind.channel,
    platform: kind.platform,
    kind: kind.id,
  }
  return snapshot.switches.find(({ target }) => coversKind(target, subject, kind)) ?? null
}

export const stoppedBy = (row: SwitchRow): Refusal => ({
  kind: 'stopped',
  what: switchWords(row.target),
  by: row.byName,
  at: row.at,
  reason: row.reason,
})

/** The connection that is meant: the only one of the platform, or the one that was named. */
export function chooseConnection(snapshot: Snapshot, kind: Kind, named: string | undefined) {
  const all = snapshot.connections.filter(({ platform }) => platform === kind.platform)
  const chosen =
    named === undefined
      ? all.length === 1
        ? all[0]
        : undefined
      : all.find(({ id, name }) => id === named || name === named)
  if (chosen) return ok(chosen)
  if (named === undefined && all.length > 1) {
    const says = `There are several connections; name one of: ${all.map(({ name }) => name).join(', ')}.`
    return err<Refusal>({ kind: 'malformed', problems: [{ path: 'connection', says }] })
  }
  return err<Refusal>({ kind: 'unknown_connection', platform: kind.platform })
}

/**
 * The category in force. A label may only lead to a stricter place: a channel must be the kind's own, and another
 * category counts only where its level is no higher than the derived one's.
 */
export function applyLabels(
  deps: Pick<Dependencies, 'compiled'>,
  snapshot: Snapshot,
  actor: Pick<Actor, 'kind' | 'id'>,
  kind: Kind,
  labels: Proposal['labels'],
  now: Date,
): Checked<Category> {
  if (labels?.channel !== undefined && labels.channel !== kind.channel) {
    return err({
      kind: 'labels_loosen',
      label: 'channel',
      says: `“${kind.title}” goes out over ${kind.channel}; the label says ${labels.channel}. Leave the label out.`,
    })
  }
  const wanted = CATEGORIES.find((category) => category === labels?.category)
  if (labels?.category === undefined || labels.category === kind.category) return ok(kind.category)
  if (wanted === undefined) {
    return err({
      kind: 'malformed',
      problems: [{ path: 'labels.category', says: `Unknown category; known: ${CATEGORIES.join(', ')}.` }],
    })
  }
  const standsAt = (category: Category) => policyAt(deps, snapshot, standpoint(actor, kind, category))
  const own = standsAt(kind.category)
  // Neither into a trial nor out of one: which version judges it is not for its agent to say.
  if (standsAt(wanted).version !== own.version) {
    const says = `“${kind.title}” belongs to ${kind.category}, where another version of the policy holds than in ${wanted}. Leave the label out.`
    return err({ kind: 'labels_loosen', label: 'category', says })
  }
  const { levels } = own.policy.document
  if (levelOf(levels, snapshot, kind, wanted, now) > levelOf(levels, snapshot, kind, kind.category, now)) {
    const says = `“${kind.title}” belongs to ${kind.category}; the label ${wanted} would let it run with less control. Leave the label out.`
    return err({ kind: 'labels_loosen', label: 'category', says })
  }
  return ok(wanted)
}

/** By what it says itself: its segment and regions are read later, and bind then. */
const standpoint = (actor: Pick<Actor, 'kind' | 'id'>, kind: Kind, category: Category): Standpoint => ({
  category,
  channel: kind.channel,
  segment: null,
  regions: null,
  agentId: actor.kind === 'agent' ? actor.id : null,
  kindId: kind.id,
})

/** The highest level that the kind could have in a category, over all bands: what a label could win at most. */
function levelOf(
  highest: PolicyDocument['levels'],
  snapshot: Snapshot,
  kind: Kind,
  category: Category,
  now: Date,
): number {
  const policy = highest?.[category] ?? 5
  const levels = BANDS.map((band) => {
    const standings = snapshot.standings.filter(({ scope }) => scope === `${category}.${band}`)
    const grant = Math.max(2, ...standings.map((standing) => levelNow(standing, now.getTime())))
    return Math.min(grant, policy, ceilingOf(kind.risk, kind.effect.undo, band))
  })
  return Math.max(...levels)
}

/** The version that a new one replaces: the proposer's own, of the same kind, sent back for changes. */
export async function checkSuperseded(
  tx: Transaction,
  actor: Actor,
  kind: Kind,
  id: ActionId | undefined,
): Promise<Checked<StoredAction | null>> {
  if (id === undefined) return ok(null)
  const old = await tx.loadAction(id)
  if (!old || old.action.proposerId !== actor.id) return err({ kind: 'not_found', what: 'the action to supersede' })
  if (old.action.kind !== kind.id) {
    return err({
      kind: 'malformed',
      problems: [{ path: 'supersedes', says: 'A new version has the same kind as the one it replaces.' }],
    })
  }
  if (old.state.state !== 'changes_requested') {
    return err({
      kind: 'not_now',
      state: old.state.state,
      why: 'Only an action that was sent back for changes can be replaced.',
    })
  }
  return ok(old)
}

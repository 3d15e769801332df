import { hashOf, MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import type { ActionId } from '../../core/domain/ids.ts'
import { decideAction } from '../../core/gate/decide-action.ts'
import type { SwitchTarget } from '../../core/domain/switches.ts'
import { type World, value } from '../support/world.ts'
import type { Recorded } from './guardrail-record.ts'
import { type Caps, LIMITS, PERIODS, policyWith } from './guardrail-limits.ts'
import type { Doing, StopTarget } from './guardrail-schedule.ts'
import { executeAndDie } from './mortal-gate.ts'
import type { Process } from './run-to-rest.ts'

const HOUR_MS = 3_600_000
const QUARTER_MS = 900_000
const FIRST_LIST = 2_000

/** Does one thing of a schedule by one of the gates, and notes what has to be remembered of it. A refusal is an answer. */
export function createDoings(world: World, processes: readonly Process[], record: Recorded) {
  let made = 0
  let caps: Caps = LIMITS.caps
  const gateOf = (replica: number) => (processes[replica] ?? world).gate

  const propose = async (doing: Extract<Doing, { do: 'add' | 'send' }>, replica: number): Promise<void> => {
    made += 1
    const isSend = doing.do === 'send'
    const { kind, input, subject } = isSend
      ? newCampaign(world, made, doing.isOfTopic)
      : newList(world, made, doing.contacts)
    const later = doing.inHours === 0 ? {} : { notBefore: new Date(world.now().getTime() + doing.inHours * HOUR_MS) }
    const proposal = { kind, input, reason: 'Recall season', ...later }
    const answer = await gateOf(replica).proposeAction(world.agent, proposal, world.once())
    if (!answer.ok) return
    const isOfTopic = isSend && doing.isOfTopic
    record.proposed.push({ id: answer.value.action.id, subject, kind, isOfTopic })
  }

  /** A campaign that names its time. */
  const plan = async ({ isOfTopic, inQuarters }: Extract<Doing, { do: 'plan' }>, replica: number): Promise<void> => {
    made += 1
    const { input, subject } = newCampaign(world, made, isOfTopic)
    const next = Math.floor(world.now().getTime() / QUARTER_MS) + 1 + inQuarters
    const planned = { ...input, scheduleTime: new Date(next * QUARTER_MS).toISOString() }
    const proposal = { kind: 'mailchimp.campaign.schedule', input: planned, reason: 'Recall season' } as const
    const answer = await gateOf(replica).proposeAction(world.agent, proposal, world.once())
    if (!answer.ok) return
    record.proposed.push({ id: answer.value.action.id, subject, kind: proposal.kind, isOfTopic })
  }

  const decide = async (doing: Extract<Doing, { pick: number }>, replica: number): Promise<void> => {
    const id = await pickOf(world, STATES_OF[doing.do], doing.pick)
    if (id === null) return
    if (doing.do === 'undo') return void (await gateOf(replica).undoAction(world.owner, id, { despiteChanges: true }))
    if (doing.do === 'execute and die') return await executeAndDie(world, id, doing.after)
    const { payloadHash, kind, input } = await world.get(id)
    const request = { actionId: id, payloadHash: payloadHash ?? '' }
    const actor = doing.pick % 2 === 0 ? world.owner : world.approver
    switch (doing.do) {
      case 'approve and die':
        return void (await decideAction(world.context, actor, { ...request, decision: 'approve' }))
      case 'approve':
      case 'cancel':
        return void (await gateOf(replica).decideAction(actor, { ...request, decision: doing.do }))
      case 'reject':
        return void (await gateOf(replica).decideAction(actor, { ...request, decision: 'reject', reason: 'No' }))
      case 'edit': {
        if (kind.id !== 'hubspot.list.add') return
        // safe: an input of `newList`
        const edited = { ...(input as object), contactIds: contacts(1 + (doing.pick % 3)) }
        return void (await gateOf(replica).decideAction(actor, { ...request, decision: 'edit', input: edited }))
      }
    }
  }

  const consent = async ({ person, standing }: Extract<Doing, { do: 'consent' }>, replica: number): Promise<void> => {
    const email = person === 0 ? 'stranger@example.com' : `patient-${String(person).padStart(4, '0')}@example.com`
    const at = world.now()
    const given = { identifiers: [{ kind: 'email' as const, value: email }], channel: 'email' as const, standing }
    const { answer, span } = await record.span(
      async () => await gateOf(replica).recordConsents(world.approver, [{ ...given, source: 'told us', at }]),
    )
    value(answer)
    record.consents.push({ ...span, email, standing, at })
  }

  return async function act(doing: Doing, replica: 0 | 1): Promise<void> {
    switch (doing.do) {
      case 'add':
      case 'send':
        return await propose(doing, replica)
      case 'plan':
        return await plan(doing, replica)
      case 'consent':
        return await consent(doing, replica)
      case 'join':
        return join(world, (made += 1))
      case 'stop': {
        const { answer, span } = await record.span(
          async () => await gateOf(replica).stop(world.viewer, targetOf(world, doing.target), 'Just in case'),
        )
        const executing = value(answer).executing.map(({ id }) => String(id))
        return void record.stops.push({ ...span, target: doing.target, executing })
      }
      case 'resume': {
        const { answer, span } = await record.span(async () => await gateOf(replica).resume(world.owner, 'every', null))
        value(answer)
        return void record.resumes.push(span)
      }
      case 'sweep': {
        const { failed } = await (processes[replica] ?? world).sweepOnce(50)
        if (failed[0]) throw failed[0].error
        return
      }
      case 'lower caps': {
        const lowered = PERIODS.map((period) => [period, Math.round((caps[period] * doing.to) / 100)])
        // safe: the same periods
        caps = Object.fromEntries(lowered) as Caps
        return void value(await gateOf(replica).setPolicy(world.owner, policyWith(caps), null))
      }
      case 'approve':
      case 'approve and die':
      case 'execute and die':
      case 'edit':
      case 'reject':
      case 'cancel':
      case 'undo':
        return await decide(doing, replica)
    }
  }
}

const targetOf = (world: World, target: StopTarget): SwitchTarget =>
  target.kind === 'agent' ? { kind: 'agent', value: world.agent.id } : target

const IN_FLIGHT = "('scheduled', 'held', 'ready')"
const STATES_OF = {
  approve: "('awaiting_approval')",
  'approve and die': "('awaiting_approval')",
  edit: "('awaiting_approval')",
  reject: "('awaiting_approval')",
  cancel: "('awaiting_approval', 'scheduled', 'held', 'ready')",
  undo: "('executed', 'scheduled')",
  'execute and die': IN_FLIGHT,
} as const

async function pickOf(world: World, states: string, pick: number): Promise<ActionId | null> {
  const rows = await world.query(`select action_id from action_states where state in ${states} order by action_id`)
  // safe: an id of ours
  return rows.length === 0 ? null : (String(rows[pick % rows.length]?.['action_id']) as ActionId)
}

const contacts = (n: number): readonly string[] => Array.from({ length: n }, (_, i) => String(101 + i))

function newList({ hubspot }: World, number: number, size: number) {
  const listId = String(FIRST_LIST + number)
  hubspot.state.lists[listId] = { listId, name: `List ${number}`, processingType: 'MANUAL', members: {} }
  const input = { listId, contactIds: contacts(size) }
  return { kind: 'hubspot.list.add', input, subject: `list ${listId}` } as const
}

function newCampaign({ mailchimp }: World, number: number, isOfTopic: boolean) {
  const campaignId = hashOf(`campaign ${number}`).slice(0, 10)
  const seeded = mailchimp.state.campaigns[MAILCHIMP_SEED.campaignId]
  if (!seeded) throw new Error('The seeded campaign is gone')
  const subject_line = isOfTopic ? `All about braces, part ${number}` : `Spring check-ups, part ${number}`
  mailchimp.state.campaigns[campaignId] = {
    ...structuredClone(seeded),
    id: campaignId,
    settings: { ...seeded.settings, subject_line },
  }
  return { kind: 'mailchimp.campaign.send', input: { campaignId }, subject: `campaign ${campaignId}` } as const
}

/** Somebody is put on the list who never agreed to anything. */
function join({ mailchimp }: World, number: number): void {
  const email = `joined-${number}@example.com`
  const list = mailchimp.state.lists[MAILCHIMP_SEED.listId]
  if (list) list.members[hashOf(email)] = { email, status: 'subscribed', inCompliance: false, fields: {}, tags: [] }
}

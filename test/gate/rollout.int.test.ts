import { describe, expect, it, test } from 'vitest'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import type { AuditedWorkflow } from '../../core/gate/rollout-views.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { plainWorkflow } from '../support/any-workflow.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value } from '../support/world.ts'

const DAY = 24 * 3_600_000
const SCOPE = 'crm_update.small'
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings to afternoons.' } }

const its = useWorld({ forgetsRejections: true })

const rejecting = (action: ActionView) => ({
  actionId: action.id,
  decision: 'reject' as const,
  payloadHash: action.payloadHash ?? '',
  reason: 'Not now',
})
const compared = async (scope = SCOPE) => value(await its.world.gate.compareRollout(its.world.viewer, scope))

describe('compared with the approvals before it', () => {
  it('tells what people decided while nothing acts by itself', async () => {
    const { world } = its
    const { gate, owner } = world
    await world.approve(await world.propose(note))
    value(await gate.decideAction(owner, rejecting(await world.propose(note))))
    value(await gate.decideAction(owner, { ...rejecting(await world.propose(note)), outside: true }))
    const undone = await world.approve(await world.propose(update))
    value(await gate.undoAction(owner, undone.id, { despiteChanges: true }))
    const outside = await world.approve(await world.propose(update))
    value(await gate.undoAction(owner, outside.id, { despiteChanges: true, outside: true }))
    value(
      await gate.decideAction(owner, {
        ...rejecting(await world.propose(note)),
        decision: 'revise',
        reason: 'Shorter',
      }),
    )
    // None of these says anything of an agent: still waiting, cancelled, a member's own, another scope.
    await world.propose(note)
    value(await gate.decideAction(owner, { ...rejecting(await world.propose(note)), decision: 'cancel' }))
    value(await gate.decideAction(owner, rejecting(await world.propose(note, world.approver))))
    expect(await compared()).toMatchObject({
      scope: SCOPE,
      level: 2,
      since: null,
      dueAt: null,
      isDue: false,
      verdict: 'too_few_to_say',
      baseline: { runs: 6, judged: 4, overridden: 2 },
      autonomous: { runs: 0, judged: 0, overridden: 0 },
      says: 'CRM updates, small: nothing acted by itself yet. People decided 4, and overrode 2 of them.',
    })
    expect(await compared('crm_update.medium')).toMatchObject({ baseline: { runs: 0 }, autonomous: { runs: 0 } })
  })

  it('sets what acts by itself against it, and is due after four weeks', async () => {
    const { world } = its
    const { gate, owner } = world
    await world.approve(await world.propose(note))
    world.pass(DAY)
    await world.letEarn(SCOPE, 3)
    const since = world.now()
    const [unseen, seen, undone, outside] = [
      await world.propose(update),
      await world.propose(update),
      await world.propose(update),
      await world.propose(update),
    ]
    expect(unseen.state).toBe('executed')
    world.pass(60_000)
    value(await gate.decideAction(owner, { ...rejecting(seen), decision: 'confirm' }))
    value(await gate.undoAction(owner, undone.id, { despiteChanges: true }))
    value(await gate.undoAction(owner, outside.id, { despiteChanges: true, outside: true }))
    // What is asked about since is no baseline: only the harder ones are.
    await world.letEarn(SCOPE, 2)
    value(await gate.decideAction(owner, rejecting(await world.propose(note))))
    expect(await compared()).toMatchObject({
      since,
      dueAt: new Date(since.getTime() + 28 * DAY),
      isDue: false,
      baseline: { runs: 1, judged: 1, overridden: 0 },
      autonomous: { runs: 4, judged: 2, overridden: 1 },
    })
    world.pass(28 * DAY)
    expect(await compared()).toMatchObject({ isDue: true, verdict: 'too_few_to_say' })
  })

  it('counts what a person stops in its hold, and not what was only prepared', async () => {
    const { world } = its
    const list = world.mailchimp.state.lists[MAILCHIMP_SEED.listId]
    const campaign = world.mailchimp.state.campaigns[MAILCHIMP_SEED.campaignId]
    if (!list || !campaign) throw new Error('The seed has both')
    list.segments['3102'] = { id: 3102, name: 'New patients', tag: 'New patient' }
    campaign.segmentId = 3102
    await world.letEarn('email_campaign.small', 3)
    const { listId, campaignId } = MAILCHIMP_SEED
    const input = { listId, subject: 'Whitening week', fromName: 'Your practice', replyTo: 'hello@example.com' }
    expect((await world.propose({ kind: 'mailchimp.campaign.create', input })).state).toBe('executed')
    expect(await compared('email_campaign.small')).toMatchObject({ since: null, autonomous: { runs: 0 } })
    const held = await world.propose({ kind: 'mailchimp.campaign.send', input: { campaignId } })
    expect(held.state).toBe('held')
    value(await world.gate.undoAction(world.approver, held.id, { despiteChanges: false }))
    expect(await compared('email_campaign.small')).toMatchObject({
      since: world.now(),
      autonomous: { runs: 1, judged: 1, overridden: 1 },
    })
  })

  it('tells for how long people looked, at most', async () => {
    const { world } = its
    const slack = { ...world.owner, via: 'slack' as const }
    const [first, second] = [await world.propose(note), await world.propose(note)]
    for (const { id } of [first, second])
      await world.query("insert into messages (workspace_id, subject, slot, claimed_at) values ($1, $2, 'card', $3)", [
        world.workspaceId,
        id,
        world.now().toISOString(),
      ])
    world.pass(90_000)
    await world.approve(first, slack)
    world.pass(30_000)
    await world.approve(second, slack)
    await world.approve(await world.propose(note))
    expect(await compared()).toMatchObject({ baseline: { judged: 3, timed: 2, reviewMinutes: 2 } })
  })

  test.each(['crm_update.tiny', 'dance.small', 'crm_update'])('%s is no scope', async (scope) => {
    const { gate, viewer, agent } = its.world
    expect(refusal(await gate.compareRollout(viewer, scope))).toMatchObject({ kind: 'not_found' })
    expect(refusal(await gate.compareRollout(agent, scope))).toMatchObject({ kind: 'not_permitted' })
  })
})

describe('a plan', () => {
  const { isPreparing: _isPreparing, ...described } = plainWorkflow
  const audited = (given: Partial<AuditedWorkflow> = {}): AuditedWorkflow => ({ ...described, kind: null, ...given })
  const planned = async (workflows: readonly AuditedWorkflow[], startsOn: string | null = null) =>
    its.world.gate.planRollout(its.world.viewer, { startsOn, workflows })

  it('shows what was judged, takes the kind and the policy into account, and keeps nothing', async () => {
    const { world } = its
    const { gate, owner } = world
    for (let at = 0; at < 3; at += 1) await world.approve(await world.propose(note))
    value(await gate.decideAction(owner, rejecting(await world.propose(note))))
    value(await gate.setPolicy(owner, { levels: { booking: 3 } }, null))
    world.pass(DAY)
    await world.sweep()
    const before = await world.rowCounts()
    const { startsOn, workflows, phases, later, next } = value(
      await planned([
        audited(),
        audited({ name: 'Book', category: 'booking' }),
        audited({
          name: 'Send',
          kind: 'mailchimp.campaign.send',
          category: null,
          risk: 'low',
          undo: 'exact',
          people: 2_000,
        }),
        audited({ name: 'Draft', kind: 'mailchimp.campaign.create', category: null, risk: null, undo: null }),
      ]),
    )
    expect(startsOn).toBe('2026-03-05')
    expect(workflows.map(({ name, scope, aimAt }) => [name, scope, aimAt])).toEqual([
      ['Tidy contacts', 'crm_update.small', 5],
      ['Book', 'booking.small', 3],
      ['Send', 'email_campaign.medium', 3],
      ['Draft', 'email_campaign.small', 2],
    ])
    expect(workflows[0]).toMatchObject({
      progress: { level: 2, cycles: 4, needs: 30, decisions: 4, rejections: 1 },
      // 26 more at 60 a month are 14 days.
      thirtiethOn: '2026-03-19',
      firstGrant: { on: '2026-04-04', phase: 3 },
    })
    expect(phases.map(({ from, to }) => [from, to])).toEqual([
      ['2026-03-05', '2026-03-18'],
      ['2026-03-19', '2026-04-03'],
      ['2026-04-04', '2026-05-03'],
      ['2026-05-04', '2026-06-02'],
    ])
    expect([later, next]).toEqual([[], []])
    expect(await world.rowCounts()).toEqual(before)
  })

  it('says what to take back once week four shows that it got worse', async () => {
    const { world } = its
    const { gate, owner } = world
    for (let at = 0; at < 10; at += 1) await world.approve(await world.propose(note))
    world.pass(DAY)
    await world.letEarn(SCOPE, 3)
    for (let at = 0; at < 10; at += 1) {
      // Drift would take the level before so many: this is about what the comparison says.
      await world.letEarn(SCOPE, 3)
      const { id } = await world.propose(update)
      value(await gate.undoAction(owner, id, { despiteChanges: true }))
    }
    expect(value(await planned([audited()], '2026-02-01')).next).toEqual([])
    world.pass(28 * DAY)
    expect(await compared()).toMatchObject({ verdict: 'worse', isDue: true })
    const { next, workflows } = value(await planned([audited()], '2026-02-01'))
    expect(next).toMatchObject([{ what: 'take_back', scope: SCOPE, to: 2 }])
    expect(workflows).toMatchObject([{ progress: { level: 3 }, firstGrant: null }])
  })

  it('plans nothing in a category that is under full review', async () => {
    const { world } = its
    const rejected = await world.propose(note)
    value(await world.gate.decideAction(world.owner, { ...rejecting(rejected), severity: 'critical' }))
    const [small, medium] = value(await planned([audited(), audited({ people: 200 })])).workflows
    expect(small).toMatchObject({ scope: SCOPE, progress: { fullReviewFor: 10 }, firstGrant: null })
    // A lock holds for the whole category, also where nothing was decided.
    expect(medium).toMatchObject({ scope: 'crm_update.medium', progress: { fullReviewFor: 10 }, firstGrant: null })
  })

  it('names what an audit leaves open', async () => {
    const incomplete = audited({ category: null, risk: null, undo: null })
    expect(refusal(await planned([audited(), incomplete]))).toMatchObject({
      kind: 'malformed',
      problems: ['category', 'risk', 'undo'].map((name) => ({ path: `workflows.1.${name}` })),
    })
    expect(refusal(await planned([audited({ kind: 'hubspot.note.create', category: 'booking' })]))).toMatchObject({
      problems: [{ path: 'workflows.0.category', says: 'hubspot.note.create belongs to crm_update.' }],
    })
    expect(refusal(await planned([audited({ kind: 'hubspot.dance' })]))).toMatchObject({ kind: 'unknown_kind' })
  })

  it('is not for agents', async () => {
    const { gate, agent } = its.world
    const refused = await gate.planRollout(agent, { startsOn: null, workflows: [audited()] })
    expect(refusal(refused)).toMatchObject({ kind: 'not_permitted' })
  })
})

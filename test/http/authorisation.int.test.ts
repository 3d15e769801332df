import { beforeEach, describe, expect, it } from 'vitest'
import type { WorkspaceId } from '../../core/domain/ids.ts'
import { createApp } from '../../core/http/app.ts'
import { useWorld } from '../support/use-world.ts'
import { request } from '../support/http-app.ts'
import { publishedOperations } from '../support/http-operations.ts'
import { promotionView } from '../support/promotion-views.ts'
import { createWorld, value, type World } from '../support/world.ts'

const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings' } }
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }

/** The budget of the day on which every world begins. */
const TODAY = 'day:2026-03-04'

const MEMBERS = ['viewer', 'approver', 'admin', 'owner'] as const
type Caller = 'agent' | (typeof MEMBERS)[number]
/** The lowest role of a member, and whether an agent may too; `own` things are its own. */
type Right = { readonly member: (typeof MEMBERS)[number]; readonly agent: boolean }
const ANYONE: Right = { member: 'viewer', agent: true }
const MEMBER: Right = { member: 'viewer', agent: false }
const APPROVER: Right = { member: 'approver', agent: false }
const APPROVER_OR_AGENT: Right = { member: 'approver', agent: true }
const ADMIN: Right = { member: 'admin', agent: false }
const ADMIN_OR_AGENT: Right = { member: 'admin', agent: true }
const OWNER: Right = { member: 'owner', agent: false }
const PERSON = { identifiers: [{ kind: 'email', value: 'ana@example.com' }] }

type Row = {
  readonly right: Right
  /** What the `{id}` of the path is. */
  readonly id?: keyof Things
  /** What the `{scope}` of the path is. */
  readonly scope?: string
  readonly body?: (things: Things) => object
  readonly headers?: Readonly<Record<string, string>>
}

/** Every route with the lowest right that it asks for. A route that is not here fails the test below. */
const ROUTES: Readonly<Record<string, Row>> = {
  proposeAction: {
    right: APPROVER_OR_AGENT,
    body: () => ({ ...note, reason: 'x' }),
    headers: { 'idempotency-key': 'k' },
  },
  proposePlan: {
    right: APPROVER_OR_AGENT,
    body: () => ({ title: 'x', reason: 'x', steps: [note] }),
    headers: { 'idempotency-key': 'k' },
  },
  listActions: { right: ANYONE },
  getAction: { right: ANYONE, id: 'waiting' },
  decideAction: {
    right: APPROVER,
    id: 'waiting',
    body: ({ hash }) => ({ decision: 'reject', payload_hash: hash, reason: 'x', severity: 'minor' }),
  },
  decideActions: {
    right: ANYONE,
    body: ({ waiting, hash }) => ({ decisions: [{ action_id: waiting, decision: 'approve', payload_hash: hash }] }),
  },
  undoAction: { right: APPROVER_OR_AGENT, id: 'done', body: () => ({}) },
  recordOutcomes: {
    right: APPROVER,
    id: 'done',
    body: () => ({ outcomes: [{ metric: 'replies', value: 1 }] }),
  },
  snoozeAction: { right: APPROVER, id: 'waiting', body: () => ({ until: '1h' }) },
  sendTest: { right: APPROVER, id: 'waiting' },
  getPlan: { right: ANYONE, id: 'plan' },
  decidePlan: {
    right: APPROVER,
    id: 'plan',
    body: ({ planHash }) => ({ decision: 'reject', payload_hash: planHash, reason: 'x', severity: 'minor' }),
  },
  undoPlan: { right: APPROVER_OR_AGENT, id: 'plan', body: () => ({}) },
  listFeedback: { right: ANYONE },
  deleteFeedback: { right: APPROVER, id: 'feedback' },
  listGrants: { right: ANYONE },
  setGrant: { right: ADMIN, body: () => ({ scope: 'audience.small', level: 2 }) },
  reclaimLevel: { right: APPROVER, body: () => ({ what: 'audience' }) },
  handBack: { right: ADMIN, body: () => ({ what: 'booking' }) },
  listStandingConsents: { right: MEMBER },
  setStandingConsent: { right: OWNER, body: () => ({ category: 'crm_update', up_to: 3 }) },
  listPromotions: { right: MEMBER },
  getPromotion: { right: MEMBER, id: 'promotion' },
  decidePromotion: { right: ADMIN, id: 'promotion', body: () => ({ decision: 'decline' }) },
  getNotice: { right: MEMBER, id: 'notice' },
  answerNotice: { right: APPROVER, id: 'notice', body: () => ({ answer: 'dismiss' }) },
  listSwitches: { right: ANYONE },
  stop: { right: MEMBER, body: () => ({ target: { kind: 'platform', value: 'mailchimp' } }) },
  resume: { right: ADMIN, id: 'stop' },
  resumeEvery: { right: ADMIN },
  listExceptions: { right: MEMBER },
  resolveException: { right: APPROVER, id: 'exception', body: () => ({ how: 'happened' }) },
  getPolicy: { right: MEMBER },
  listPolicies: { right: MEMBER },
  setPolicy: { right: ADMIN, body: () => ({ document: {} }) },
  checkPolicy: { right: ADMIN, body: () => ({ document: {} }) },
  rollBackPolicy: { right: ADMIN, body: () => ({ version: 1 }) },
  confirmPolicy: { right: ADMIN, body: () => ({ version: 1 }) },
  endPolicyTrial: { right: ADMIN, id: 'trial', body: () => ({ outcome: 'withdrawn' }) },
  comparePolicyTrial: { right: ADMIN, id: 'trial', body: () => ({}) },
  explainPolicy: { right: MEMBER, body: () => ({ kind: 'mailchimp.campaign.send' }) },
  backtestPolicy: { right: ADMIN, body: () => ({ document: {}, days: 7 }) },
  listBudgets: { right: ANYONE },
  recordSpend: { right: ADMIN, body: () => ({ items: [{ budget: TODAY, spent_minor: 1 }] }) },
  listMembers: { right: MEMBER },
  addMember: { right: ADMIN, body: () => ({ name: 'New', email: 'new@example.com', role: 'viewer' }) },
  issueToken: { right: ADMIN, id: 'member' },
  createLinkCode: { right: ADMIN, id: 'member' },
  changeMember: { right: ADMIN, id: 'member', body: () => ({ disabled: false }) },
  listDelegations: { right: MEMBER },
  delegate: { right: APPROVER, body: ({ member }) => ({ to: member, ends: '2026-03-09' }) },
  endDelegation: { right: ADMIN, id: 'delegation' },
  listAgents: { right: MEMBER },
  createAgent: { right: ADMIN, body: () => ({ name: 'New' }) },
  changeAgent: { right: ADMIN, id: 'otherAgent', body: () => ({ per_hour: 10 }) },
  rotateAgentKey: { right: ADMIN, id: 'otherAgent' },
  rotateAgentCallbackSecret: { right: ADMIN, id: 'otherAgent' },
  disableAgent: { right: ADMIN, id: 'otherAgent' },
  listCallbacks: { right: ANYONE },
  listCallbackDeliveries: { right: ANYONE, id: 'callback' },
  replayCallbacks: { right: ADMIN_OR_AGENT, id: 'callback', body: () => ({ deliveries: 'all' }) },
  enableCallback: { right: ADMIN_OR_AGENT, id: 'callback' },
  getCallbackSecret: { right: APPROVER_OR_AGENT },
  rotateCallbackSecret: { right: APPROVER_OR_AGENT },
  listConnections: { right: MEMBER },
  addConnection: { right: ADMIN, body: () => ({ platform: 'hubspot', name: 'New', credentials: '{}' }) },
  renewWebhookUrl: { right: ADMIN, id: 'connection' },
  replaceCredentials: { right: ADMIN, id: 'connection', body: () => ({ credentials: '{}' }) },
  listKinds: { right: ANYONE },
  getLedgerHead: { right: ADMIN },
  exportLedger: { right: ADMIN },
  adoptLedger: { right: OWNER, body: () => ({ reason: 'x' }) },
  listTrust: { right: MEMBER },
  explainTrust: { right: MEMBER, scope: 'crm_update.small' },
  rebuildTrust: { right: ADMIN },
  planRollout: {
    right: MEMBER,
    body: () => ({
      workflows: [
        { name: 'x', kind: 'hubspot.note.create', runs_per_month: 30, sensitivity: 'low', data_quality: 'good' },
      ],
    }),
  },
  compareRollout: { right: MEMBER, scope: 'crm_update.small' },
  recordConsents: {
    right: APPROVER,
    body: () => ({ consents: [{ ...PERSON, channel: 'email', standing: 'given', source: 'x' }] }),
  },
  suppressPeople: { right: APPROVER, body: () => ({ suppressions: [{ ...PERSON, reason: 'asked' }] }) },
  liftSuppressions: { right: ADMIN, body: () => PERSON },
  exportPerson: { right: ADMIN, body: () => PERSON },
  erasePerson: { right: ADMIN, body: () => PERSON },
  eraseDetails: { right: ADMIN, body: ({ done }) => ({ subject: done }) },
}

/** Ids of one workspace, one of each sort. */
type Things = Readonly<
  Record<
    | 'waiting'
    | 'hash'
    | 'done'
    | 'plan'
    | 'planHash'
    | 'feedback'
    | 'stop'
    | 'trial'
    | 'exception'
    | 'promotion'
    | 'notice'
    | 'member'
    | 'delegation'
    | 'otherAgent'
    | 'callback'
    | 'connection',
    string
  >
>
type Keys = Readonly<Record<Caller | 'goneMember' | 'goneAgent', string>>

async function furnish(world: World): Promise<{ readonly things: Things; readonly keys: Keys }> {
  const { gate, owner, agent } = world
  const done = await world.approve(await world.propose({ ...update, callbackUrl: 'https://agent.example.com/hook' }))
  await world.tellAgents()
  await world.sealLedger()
  // Something was decided in a scope, so that there is trust to be told of.
  const { payloadHash, id } = await world.propose(update)
  value(
    await gate.decideAction(owner, { actionId: id, decision: 'reject', payloadHash: payloadHash ?? '', reason: 'x' }),
  )
  const waiting = await world.propose(note)
  const { plan } = value(await gate.proposePlan(agent, { title: 'x', reason: 'x', steps: [note] }, world.once()))
  const { switch: on } = value(await gate.stop(owner, { kind: 'kind', value: 'hubspot.task.create' }, null))
  value(await gate.setPolicy(owner, { budget: { day: { ask_above: 1_000 } } }, null))
  value(await gate.setPolicy(owner, { budget: { day: { ask_above: 900 } } }, null, { channel: 'site' }))
  const [trial] = value(await gate.getPolicy(owner)).trials
  const [feedback] = value(await gate.listFeedback(owner, { limit: 1 })).items
  const [callback] = value(await gate.listCallbacks(owner))
  const [connection] = value(await gate.listConnections(owner))
  const exception = world.newId('exc')
  await world.query(
    `insert into exceptions (id, workspace_id, source, says, options, opened_at) values ($1, $2, 'x', 'x', '{happened}', $3)`,
    [exception, world.workspaceId, world.now().toISOString()],
  )
  const add = async (name: string, role: (typeof MEMBERS)[number]) =>
    value(await gate.addMember(owner, { name, email: `${name}@example.com`, role }))
  const made = {
    viewer: await add('viewer', 'viewer'),
    approver: await add('approver', 'approver'),
    admin: await add('admin', 'admin'),
  }
  const bystander = await add('bystander', 'viewer')
  const second = await add('second', 'owner')
  const delegation = value(await gate.delegate(owner, { to: second.member.id, ends: '2026-03-09' }))
  const gone = await add('gone', 'owner')
  await world.query('update members set disabled_at = now() where id = $1', [gone.member.id])
  const other = value(await gate.createAgent(owner, { name: 'Other', kinds: [] }))
  const goneAgent = value(await gate.createAgent(owner, { name: 'Gone', kinds: [] }))
  value(await gate.disableAgent(owner, goneAgent.agent.id))
  // The agent of the things above, with a key of its own workspace.
  const { key } = value(await gate.rotateAgentKey(owner, agent.id))
  if (!feedback || !callback || !connection) throw new Error('Something is missing')
  return {
    things: {
      waiting: waiting.id,
      hash: waiting.payloadHash ?? '',
      done: done.id,
      plan: plan.id,
      planHash: plan.payloadHash ?? '',
      feedback: feedback.id,
      stop: on.id,
      trial: trial?.id ?? '',
      exception,
      ...(await furnishTrust(world)),
      member: bystander.member.id,
      delegation: delegation.id,
      otherAgent: other.agent.id,
      callback: callback.id,
      connection: connection.id,
    },
    keys: {
      agent: key,
      viewer: made.viewer.token,
      approver: made.approver.token,
      admin: made.admin.token,
      owner: second.token,
      goneMember: gone.token,
      goneAgent: goneAgent.key,
    },
  }
}

/** A level that runs by itself, one that was taken back, a raise that is proposed, and something people were told. */
async function furnishTrust({ query, newId, workspaceId, agent, owner, now }: World) {
  const at = now().toISOString()
  await query(
    `insert into standings (workspace_id, scope, scenario, agent_id, agent_version, is_proven, level, tier, is_locked,
       epoch, by_id, at, first_at, reclaimed)
     select $1, scope, 'x', $2, 'v1', true, level, 'notify', false, 0, $3, $4, $4, reclaimed
     from (values ('audience.small', 3, null), ('booking.small', 2, 3)) as s (scope, level, reclaimed)`,
    [workspaceId, agent.id, owner.id, at],
  )
  const promotion = newId('prm')
  await query(
    `insert into promotions (id, workspace_id, scope, scenario, agent_id, agent_version, to_level, state, version, dossier,
       opened_at) values ($1, $2, 'crm_update.small', 'x', $3, 'v1', 3, 'open', 1, $4::jsonb, $5)`,
    [promotion, workspaceId, agent.id, JSON.stringify(promotionView().dossier), at],
  )
  const notice = newId('ntc')
  await query(
    `insert into notices (id, workspace_id, kind, once, version, body, at)
     values ($1, $2, 'invitation', 'x', 1, '{"title": "x", "lines": []}', $3)`,
    [notice, workspaceId, at],
  )
  return { promotion, notice }
}

const operations = (await publishedOperations()).filter(({ path }) => path.startsWith('/v1/'))

it('has a row for every route', () => {
  expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(Object.keys(ROUTES).toSorted())
})

describe('who may do what, on a real gate with two workspaces', () => {
  const its = useWorld()
  let client: World
  let ours: Awaited<ReturnType<typeof furnish>>
  let theirs: Awaited<ReturnType<typeof furnish>>
  let app: ReturnType<typeof createApp>
  beforeEach(async () => {
    const { world, database } = its
    client = await createWorld(database, { operator: world })
    ours = await furnish(world)
    theirs = await furnish(client)
    app = createApp({
      gate: world.gate,
      kinds: world.context.kinds,
      publicUrl: 'https://gate.example.com',
      version: '0',
      requestId: () => 'req_1',
      readiness: () => Promise.resolve({ checks: [] }),
      docsAsset: () => Promise.resolve(null),
      logger: { warn: () => {}, error: (event, fields) => void faults.push({ event, fields }) },
    })
    faults.length = 0
    return () => client.close()
  })
  const faults: object[] = []

  /** The rows of one workspace, by table, as they are: what a refused request may not touch. But for rate limits. */
  async function rowsOf(workspaceId: WorkspaceId): Promise<Record<string, unknown>> {
    const tables = await its.database.query(
      `select table_name from information_schema.columns
       where table_schema = 'public' and column_name = 'workspace_id' and table_name <> 'rate_limits' order by 1`,
      [],
    )
    const each = tables.map(
      ({ table_name: table }) =>
        `select '${String(table)}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest
         from ${String(table)} t where workspace_id = $1`,
    )
    const rows = await its.database.query(each.join(' union all '), [workspaceId])
    return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
  }

  it.each(operations.map((operation) => [operation.operationId, operation] as const))('%s', async (name, operation) => {
    const row = ROUTES[name]
    if (!row) throw new Error(`No row for ${name}`)
    const { world } = its
    const ask = async (bearer: string | null, target: Things): Promise<Response> => {
      const url = operation.path.replace('{id}', row.id ? target[row.id] : '').replace('{scope}', row.scope ?? '')
      const answer = await app.request(
        request(url, {
          method: operation.method,
          bearer,
          ...(row.body ? { body: row.body(target) } : {}),
          ...(row.headers ? { headers: row.headers } : {}),
        }),
      )
      await world.settled()
      await client.settled()
      return answer
    }
    const [before, beforeTheirs] = [await rowsOf(world.workspaceId), await rowsOf(client.workspaceId)]
    const untouched = async (who: string) => {
      expect([who, await rowsOf(world.workspaceId), await rowsOf(client.workspaceId)]).toEqual([
        who,
        before,
        beforeTheirs,
      ])
    }

    for (const bearer of [null, 'nobody', `${ours.keys.owner}x`, ours.keys.goneMember, ours.keys.goneAgent])
      expect([bearer, (await ask(bearer, ours.things)).status]).toEqual([bearer, 401])
    await untouched('nobody')

    const may = (who: Caller): boolean =>
      who === 'agent' ? row.right.agent : MEMBERS.indexOf(who) >= MEMBERS.indexOf(row.right.member)
    const callers: readonly Caller[] = ['agent', ...MEMBERS]
    for (const who of callers.filter((one) => !may(one)))
      expect([who, (await ask(ours.keys[who], ours.things)).status]).toEqual([who, 403])
    await untouched('who may not')

    // The other workspace's people and agent, at our things: not there, and nothing of ours in what they get.
    if (row.id !== undefined) {
      for (const who of callers) {
        const { status } = await ask(theirs.keys[who], ours.things)
        expect([who, may(who) ? [404] : [403, 404]]).toEqual([who, expect.arrayContaining([status])])
      }
      await untouched('the other workspace')
    }
    const seen = operation.method === 'GET' && row.id === undefined ? callers : (['agent', 'owner'] as const)
    if (row.id === undefined) {
      for (const who of seen) {
        const text = await (await ask(theirs.keys[who], ours.things)).text()
        // What they themselves sent comes back in the answer of a batch, and nothing else.
        const own = name === 'decideActions' ? [ours.things.waiting, ours.things.hash] : []
        for (const id of [...Object.values(ours.things), world.workspaceId, world.agent.id, world.owner.id])
          if (!own.includes(id)) expect(text).not.toContain(id)
      }
      expect(await rowsOf(world.workspaceId)).toEqual(before)
    }

    const statuses: number[] = []
    for (const who of callers.filter(may)) statuses.push((await ask(ours.keys[who], ours.things)).status)
    // The first who may is served, or refused for what the thing is, never for who asks; it may be used up after that.
    expect([401, 403, 404]).not.toContain(statuses[0])
    for (const status of statuses.slice(1)) expect([401, 403]).not.toContain(status)
    for (const status of statuses) expect(status).not.toBe(500)
    expect(faults).toEqual([])
  })
})

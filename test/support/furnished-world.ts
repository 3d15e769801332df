import { promotionView } from './promotion-views.ts'
import { value, type World } from './world.ts'

export const MEMBERS = ['viewer', 'approver', 'admin', 'owner'] as const
export type Caller = 'agent' | (typeof MEMBERS)[number]

export const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings' } }
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }

/** Ids of one workspace, one of each sort. */
export type Things = Readonly<
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

/** Puts one thing of each sort into a world, with a key of everybody who may ask for it, or no longer. */
export async function furnish(world: World): Promise<{ readonly things: Things; readonly keys: Keys }> {
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

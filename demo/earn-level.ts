import type { Ideas } from './agent-ideas.ts'
import { PEOPLE } from './chat.ts'
import { claim, eventually } from './claim.ts'
import type { ActionAnswer } from './gate-client.ts'
import type { Promotion } from './owner-client.ts'
import { waitForState } from './people-decide.ts'
import { timesBetween } from './platforms.ts'
import type { Scene } from './scene.ts'
import { cardOf } from './small-proposals.ts'

/** What the story lets run by itself, once it has earned it. */
export const EARNED = { scope: 'crm_update.small', scenario: 'hubspot.contact.update' } as const

const { approver } = PEOPLE

/** One field a morning, so that no card asks for what is there already. */
const MORNINGS = [
  { field: 'phone', what: 'telephone numbers', of: (index: number) => `+1 555 02${10 + index}` },
  { field: 'company', what: 'employers', of: (index: number) => `Harbour Street ${index + 1}` },
  { field: 'jobTitle', what: 'occupations', of: (index: number) => `Teacher, class ${index + 1}` },
] as const

const MINUTES_TO_READ = 1
const WINDOW_MINUTES = 30

/** Thirty small updates on three mornings, each approved by a person; then the gate itself proposes more. */
export async function earnLevel(scene: Scene, { smallFor }: Ideas): Promise<Promotion> {
  const { say, owner, clock } = scene
  const done: ActionAnswer[] = []
  for (const morning of MORNINGS) {
    await clock.toNextWorkingMorning()
    done.push(...(await workThrough(scene, smallFor, morning)))
    claim((await proposed(scene)) === null || done.length > 20, 'A raise was proposed before it was earned.')
  }
  await clock.toNextWorkingMorning()
  await clock.pause(WINDOW_MINUTES, 'the last of these can no longer be undone')
  for (const { id } of done) await waitForState(scene, id, 'settled')
  say.good(`${done.length} small updates, each looked at by a person, none taken back.`)
  const promotion = await eventually('a proposal of more autonomy', () => proposed(scene))
  claim(promotion.to === 3, `Level ${promotion.to} was proposed.`)
  const missing = promotion.dossier.gates.filter(({ name, status }) => status === 'missing' && name !== 'consent')
  claim(missing.length === 0, `It was proposed although something is missing: ${missing[0]?.says ?? ''}`)
  const before = (await owner.grants()).find((grant) => isThis(grant))
  claim((before?.level ?? 2) === 2, `It had level ${before?.level ?? '?'} before anybody agreed.`)
  return promotion
}

const isThis = ({ scope, scenario }: { scope: string; scenario: string }): boolean =>
  scope === EARNED.scope && scenario === EARNED.scenario

async function proposed({ owner }: Scene): Promise<Promotion | null> {
  return (await owner.promotions('open')).find(isThis) ?? null
}

/** The agent proposes ten; the approver reads one after the other and presses Approve on each. */
async function workThrough(
  scene: Scene,
  contacts: readonly string[],
  { field, what, of }: (typeof MORNINGS)[number],
): Promise<readonly ActionAnswer[]> {
  const { say, agent, chat, clock } = scene
  say.does('Agent', `adds ${what}: ${contacts.length} proposals, each on a card of its own.`)
  const before = await scene.look()
  const cards: ActionAnswer[] = []
  for (const [index, contactId] of contacts.entries()) {
    const input = { contactId, [field]: of(index) }
    const reason = 'The patient wrote it into the form at the desk'
    cards.push(cardOf(await agent.propose({ kind: EARNED.scenario, input, reason })))
    await clock.step(MINUTES_TO_READ)
  }
  for (const { id } of cards) {
    await clock.step(MINUTES_TO_READ)
    await chat.press(approver, 'action_approve', id)
    await waitForState(scene, id, 'executed')
  }
  const after = await scene.look()
  for (const contactId of contacts) {
    const times = timesBetween(before, after, `contact.update ${contactId}`)
    claim(times === 1, `Contact ${contactId} was changed ${times} times by one approval.`)
  }
  say.does(approver.name, `approves all ${cards.length}, one by one`)
  return cards
}

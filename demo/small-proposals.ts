import type { Ideas } from './agent-ideas.ts'
import { claim } from './claim.ts'
import type { ActionAnswer, Proposal, Proposed } from './gate-client.ts'
import type { Seen } from './platforms.ts'
import { propose, type Scene } from './scene.ts'

/** The nth of a list that the agent made itself. */
function nth<T>(all: readonly T[], index: number): T {
  const found = all[index]
  claim(found !== undefined, 'The agent ran out of ideas.')
  return found
}

/** The action behind a proposal that has to wait for a person. */
export function cardOf(proposed: Proposed): ActionAnswer {
  claim(proposed.kind === 'taken', proposed.kind === 'taken' ? '' : `It was not taken: ${proposed.says}`)
  const { action } = proposed
  claim(action.state === 'awaiting_approval', `Nobody was asked; it is ${action.state}.`)
  return action
}

export async function proposeTag(scene: Scene, { audienceId, tagged }: Ideas, index: number): Promise<ActionAnswer> {
  const email = nth(tagged, index)
  const proposed = await propose(
    scene,
    `take the tag “New patient” off ${email}`,
    {
      kind: 'mailchimp.member.tag',
      input: { listId: audienceId, email, remove: ['New patient'] },
      reason: 'Came more than once, so is no longer new',
    },
    { effect: `member.tag ${email}`, undoRepeats: true, tells: (seen) => tagWords(seen, audienceId, email) },
  )
  return cardOf(proposed)
}

function tagWords({ mailchimp }: Seen, listId: string, email: string): string {
  const member = Object.values(mailchimp.lists[listId]?.members ?? {}).find((one) => one.email === email)
  return member === undefined ? 'not in the audience' : `tags now: ${member.tags.join(', ') || 'none'}`
}

const STAGE_REASONS = ['Booked a first visit by telephone', 'Opened three newsletters in a row']

export async function proposeStage(scene: Scene, { stages }: Ideas, index: number): Promise<ActionAnswer> {
  const input = nth(stages, index)
  const proposed = await propose(
    scene,
    `move contact ${input.contactId} to the stage “${input.stage}”`,
    { kind: 'hubspot.contact.set_stage', input, reason: nth(STAGE_REASONS, index) },
    {
      effect: `contact.update ${input.contactId}`,
      undoRepeats: true,
      tells: ({ hubspot }) => `stage now: ${hubspot.contacts[input.contactId]?.properties['lifecyclestage'] ?? 'none'}`,
    },
  )
  return cardOf(proposed)
}

const TASKS = [
  { subject: 'Call about the treatment plan', reason: 'Asked about the costs by e-mail and heard nothing yet' },
  { subject: 'Follow up', reason: 'Cancelled the last appointment without a new one' },
] as const

const DAY_MS = 86_400_000

export async function proposeTask(scene: Scene, { tasksFor }: Ideas, index: number): Promise<ActionAnswer> {
  const { subject, reason } = nth(TASKS, index)
  const dueAt = new Date((await scene.clock.now()).getTime() + DAY_MS).toISOString()
  const input = { contactId: nth(tasksFor, index), subject, dueAt }
  return cardOf(await proposeTaskAs(scene, `set a task: “${subject}”`, { kind: 'hubspot.task.create', input, reason }))
}

/** A task, or a new version of one. */
export async function proposeTaskAs(scene: Scene, label: string, proposal: Proposal): Promise<Proposed> {
  const contactId = String(proposal.input['contactId'])
  return await propose(scene, label, proposal, {
    effect: `tasks.create ${contactId}`,
    undoRepeats: false,
    tells: ({ hubspot }) => {
      const subjects = tasksOf(hubspot, contactId).map(({ properties }) => `“${properties['hs_task_subject'] ?? ''}”`)
      return subjects.length === 0 ? 'no task' : `tasks of the contact: ${subjects.join(', ')}`
    },
  })
}

/** The open tasks about a contact. */
export const tasksOf = ({ tasks }: Seen['hubspot'], contactId: string) =>
  Object.values(tasks).filter((task) => !task.archived && task.contactIds.includes(contactId))

export async function proposeNote(scene: Scene, { noteFor }: Ideas): Promise<ActionAnswer> {
  const body = 'Prefers appointments before nine.'
  const proposed = await propose(
    scene,
    `note on contact ${noteFor}: “${body}”`,
    { kind: 'hubspot.note.create', input: { contactId: noteFor, body }, reason: 'Said so when booking' },
    {
      effect: `notes.create ${noteFor}`,
      undoRepeats: false,
      tells: ({ hubspot }) => {
        const notes = Object.values(hubspot.notes).filter((one) => !one.archived && one.contactIds.includes(noteFor))
        return `notes on the contact: ${notes.length}`
      },
    },
  )
  return cardOf(proposed)
}

export async function proposeToList(scene: Scene, { toList }: Ideas): Promise<ActionAnswer> {
  const { listId, contactIds } = toList
  const proposed = await propose(
    scene,
    `put ${contactIds.length} contacts on the recall list`,
    { kind: 'hubspot.list.add', input: toList, reason: 'Their last check-up was more than six months ago' },
    {
      effect: `list.add ${listId}`,
      undoRepeats: false,
      tells: ({ hubspot }) => {
        const on = contactIds.filter((id) => id in (hubspot.lists[listId]?.members ?? {}))
        return `${on.length} of ${contactIds.length} are on the list`
      },
    },
  )
  return cardOf(proposed)
}

import type { Ideas } from './agent-ideas.ts'
import { PEOPLE, readable } from './chat.ts'
import { claim } from './claim.ts'
import { waitForState } from './people-decide.ts'
import { propose, type Scene } from './scene.ts'
import { GRANTED_SCOPE } from './set-the-scene.ts'

/** The owner lets small CRM updates run by themselves; one of them runs, tells, and is undone. */
export async function trustGrows(scene: Scene, { phoneFor }: Ideas): Promise<void> {
  const { say, owner, clock, chat } = scene
  say.chapter('Small things may run by themselves, and be undone')
  await owner.grant(GRANTED_SCOPE, 3, 'These were right so far')
  say.does('Owner', 'grants small CRM updates level 3: act, tell, undo for a day.')
  await clock.pause(2, 'the agent goes on')
  const before = phoneOf(await scene.look(), phoneFor)
  const phone = '+1 555 0142'
  const proposed = await propose(
    scene,
    `give contact ${phoneFor} the telephone number ${phone}`,
    { kind: 'hubspot.contact.update', input: { contactId: phoneFor, phone }, reason: 'Called from this number' },
    {
      effect: `contact.update ${phoneFor}`,
      undoRepeats: true,
      tells: ({ hubspot }) => `telephone now: ${hubspot.contacts[phoneFor]?.properties['phone'] || 'none'}`,
    },
  )
  claim(proposed.kind === 'taken' && proposed.action.state === 'executed', 'The granted update did not run by itself.')
  const { id, level } = proposed.action
  claim(level?.in_force === 3, `It ran at level ${level?.in_force ?? 'none'}.`)
  claim(phoneOf(await scene.look(), phoneFor) === phone, 'HubSpot does not have the new number.')
  const { text } = await chat.findButton(PEOPLE.approver, 'action_undo', id)
  say.quote(readable(text))
  await clock.pause(5, 'the approver knows better')
  await chat.press(PEOPLE.approver, 'action_undo', id)
  say.does('Approver', 'presses Undo')
  await waitForState(scene, id, 'undone')
  const after = phoneOf(await scene.look(), phoneFor)
  claim(after === before, `Undone, but the number is ${after || 'none'} and was ${before || 'none'}.`)
  say.good(`Undone: the number in HubSpot is what it was (${before || 'none'}).`)
}

const phoneOf = ({ hubspot }: Awaited<ReturnType<Scene['look']>>, id: string): string =>
  hubspot.contacts[id]?.properties['phone'] ?? ''

import type { Ideas } from './agent-ideas.ts'
import { PEOPLE, readable } from './chat.ts'
import { claim, eventually } from './claim.ts'
import { EARNED, earnLevel } from './earn-level.ts'
import type { Promotion } from './owner-client.ts'
import { waitForState } from './people-decide.ts'
import { propose, type Scene } from './scene.ts'

/** Small updates earn that they may run by themselves; the owner agrees; one runs, tells, and is undone. */
export async function trustGrows(scene: Scene, ideas: Ideas): Promise<void> {
  const { say, clock } = scene
  say.chapter('Small things earn that they may run by themselves, and can be undone')
  await grant(scene, await earnLevel(scene, ideas))
  await clock.pause(2, 'the agent goes on')
  await runsAndIsUndone(scene, ideas)
}

/** The gate proposes; an approver may not decide it, an owner may; nothing changes before. */
async function grant(scene: Scene, { id, title, dossier }: Promotion): Promise<void> {
  const { say, chat, owner } = scene
  const { text } = await chat.findButton(PEOPLE.owner, 'promotion_grant', id)
  say.does('Tenure in #approvals', `“${readable(text)}”`)
  claim(readable(text).startsWith(title), `The card says something else than the gate: ${text}`)
  const held = dossier.gates.filter(({ status }) => status === 'held').length
  say.quote(
    `${dossier.alone.same} of ${dossier.alone.decisions} were let through as they were; ${held} conditions hold.`,
  )
  await chat.press(PEOPLE.approver, 'promotion_grant', id)
  const { text: refusal } = await chat.findWords(PEOPLE.approver, 'Only admins and owners')
  const { state } = await owner.promotion(id)
  claim(state === 'open', `An approver decided what may run by itself: it is ${state}.`)
  say.does('Approver', 'presses Grant')
  say.held(readable(refusal))
  await scene.clock.pause(5, 'the owner reads it')
  await chat.press(PEOPLE.owner, 'promotion_grant', id)
  say.does('Owner', 'presses Grant')
  const granted = await eventually('the grant', async () => {
    const grants = await owner.grants()
    return (
      grants.find((one) => one.scope === EARNED.scope && one.scenario === EARNED.scenario && one.level === 3) ?? null
    )
  })
  claim(
    granted.in_force === 3 && granted.by === PEOPLE.owner.name,
    `Level ${granted.in_force}, by ${granted.by ?? 'nobody'}.`,
  )
  claim(granted.until !== null, 'The grant has no end.')
  say.good('Granted: act, tell, undo for a day; until the quarterly review, then it is asked about again.')
}

async function runsAndIsUndone(scene: Scene, { phoneFor }: Ideas): Promise<void> {
  const { say, clock, chat } = scene
  const before = phoneOf(await scene.look(), phoneFor)
  const phone = '+1 555 0142'
  const proposed = await propose(
    scene,
    `give contact ${phoneFor} the telephone number ${phone}`,
    { kind: EARNED.scenario, input: { contactId: phoneFor, phone }, reason: 'Called from this number' },
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

import { claim } from './claim.ts'
import type { ActionAnswer } from './gate-client.ts'
import { type Seen, timesBetween } from './platforms.ts'
import { moneyWords } from './say.ts'
import { type Scene, stateWords, type Tracked } from './scene.ts'

type Ended = { readonly tracked: Tracked; readonly action: ActionAnswer }

/** The end: every proposal with what is on its platform, and what the agent was told. Checked, then printed. */
export async function whatHappened(scene: Scene): Promise<void> {
  const { say, agent } = scene
  const now = await scene.look()
  const ended: Ended[] = []
  for (const tracked of scene.tracked) ended.push({ tracked, action: await agent.action(tracked.id) })
  checkEffects(scene.before, now, ended)
  for (const platform of ['mailchimp', 'hubspot']) {
    const here = ended.filter(({ action }) => action.platform === platform)
    if (here.length === 0) continue
    say.chapter(`What happened on ${here[0]?.action.platform === 'hubspot' ? 'HubSpot' : 'Mailchimp'}`)
    say.table(
      here.map(({ tracked, action }) => [
        tracked.label,
        stateWords(action.state),
        tracked.tells(now, timesBetween(scene.before, now, tracked.effect)),
      ]),
    )
  }
  await tellFeedback(scene)
}

/** While it is still the day of the newsletters. */
export async function tellBudget({ say, owner }: Scene): Promise<void> {
  say.chapter('The day’s budget')
  for (const { cap, committed, reserved } of await owner.budgets())
    if (cap !== null)
      say.line(`Spent ${moneyWords(committed)} of ${moneyWords(cap)}, reserved ${moneyWords(reserved)}.`)
}

/** Each effect happened exactly as often as the states say: once where executed, again where an undo repeats it, else never. */
function checkEffects(before: Seen, now: Seen, ended: readonly Ended[]): void {
  const expected = new Map<string, number>()
  for (const { tracked, action } of ended)
    expected.set(tracked.effect, (expected.get(tracked.effect) ?? 0) + effectsOf(tracked, action))
  for (const [effect, count] of expected) {
    const times = timesBetween(before, now, effect)
    claim(times === count, `The platform counts ${effect} ${times} times; by the gate's word it should be ${count}.`)
  }
}

function effectsOf({ undoRepeats }: Tracked, { state, executed_at: executedAt }: ActionAnswer): number {
  if (state === 'executed' || state === 'settled') return 1
  if (state !== 'undone' || executedAt === null) return 0
  return undoRepeats ? 2 : 1
}

async function tellFeedback({ say, agent, tracked }: Scene): Promise<void> {
  say.chapter('What the agent was told')
  const labels = new Map(tracked.map(({ id, label }) => [id, label]))
  const told = (await agent.feedback()).filter((one) => labels.has(one.action_id)).toReversed()
  if (told.length === 0) say.line('Nothing: nobody decided anything.')
  say.table(told.map((one) => [labels.get(one.action_id) ?? '', one.decision, `“${one.says}” ${one.advice}`]))
}

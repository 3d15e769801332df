import { claim, realMs } from '../claim.ts'
import type { ActionAnswer } from '../gate-client.ts'
import type { Office } from './office.ts'

const PATIENCE_MS = 20_000
const LOOK_AGAIN_MS = 40

/** Looks until it is there, for at most 20 s of real time; then the months end with what was missing. */
export async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (;;) {
    const found = await look()
    if (found !== null) return found
    claim(performance.now() < giveUpAt, `Waited ${PATIENCE_MS / 1000} s in vain: ${what}.`)
    await realMs(LOOK_AGAIN_MS)
  }
}

const ON_THE_WAY: readonly string[] = ['awaiting_approval', 'ready', 'executing']

/** A press is acknowledged at once and works on; the next one waits for it. */
export const decided = ({ agent }: Office, id: string): Promise<ActionAnswer> =>
  until(`a decision about ${id}`, async () => {
    const action = await agent.action(id)
    return ON_THE_WAY.includes(action.state) ? null : action
  })

export const undone = ({ agent }: Office, id: string): Promise<true> =>
  until(`the undo of ${id}`, async () => ((await agent.action(id)).state === 'undone' ? true : null))

/** What was said of its question. */
export const marked = ({ agent }: Office, id: string): Promise<true> =>
  until(`what is said of the question of ${id}`, async () => {
    const { decisions } = await agent.action(id)
    return decisions.some(({ decision }) => decision.endsWith('_to_ask')) ? true : null
  })

export const confirmed = ({ agent }: Office, id: string): Promise<true> =>
  until(`“Looks good” about ${id}`, async () => {
    const { decisions } = await agent.action(id)
    return decisions.some(({ decision }) => decision === 'confirm') ? true : null
  })

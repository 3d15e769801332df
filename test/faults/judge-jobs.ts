import type { LogEntry } from '../../connectors/sandbox-faults.ts'
import { createKinds } from '../../connectors/registry.ts'
import type { Job, PlatformStates } from './workload.ts'

/** What the stand-in's own log and state say about an action, against what the gate says. */
export type Judged = {
  readonly ending: 'executed' | 'undone' | 'failed' | 'exception' | 'returned'
  /** How often the stand-in did it, told or not. */
  readonly effects: number
  readonly violations: readonly string[]
}

/** What is judged of an action; the views of the gate and of its HTTP door both have it. */
export type Judgeable = {
  readonly id: string
  readonly state: string
  readonly note: string | null
  readonly exception: { readonly says: string } | null
  readonly verdict: { readonly reasons: readonly { readonly outcome: string; readonly text: string }[] } | null
  readonly decisions: readonly object[]
}

/** The stand-ins' logs, found by path. */
export function createLogIndex(logs: readonly (readonly LogEntry[])[]) {
  const byPath = new Map<string, LogEntry[]>()
  for (const entry of logs.flat()) byPath.set(entry.path, [...(byPath.get(entry.path) ?? []), entry])
  const paths = [...byPath.keys()]
  return {
    /** Every request for a job's effect, oldest first. */
    asked: (job: Job): readonly LogEntry[] =>
      paths.flatMap((path) => (byPath.get(path) ?? []).filter((entry) => job.asks(entry))),
  }
}

/** The seconds of every Retry-After in these runs. */
export const RETRY_AFTER_SECONDS = 7

/** Codes and other words of programs. */
const CODES = /\b([1-5]\d\d|undefined|null|NaN|Error|HTTP|JSON)\b/
/** Counts of people, which are not codes. */
const COUNTS = /\d+ people by now; \d+ when/

/** One sentence for everything that is not as promised. */
export function judgeJob(job: Job, action: Judgeable, states: PlatformStates, asked: readonly LogEntry[]): Judged {
  const effects = asked.filter(({ handled }) => handled !== null && handled < 300).length
  const found: string[] = []
  const wrong = (says: string): void => void found.push(`${job.kind} ${action.id} (${action.state}): ${says}`)
  const present = job.present(states)
  const repeat = createKinds().get(job.kind)?.effect.repeat
  if (repeat === 'unsafe' && effects > 1) wrong(`it happened ${effects} times`)
  if (present > 1) wrong(`it is there ${present} times`)
  const ending = endingOf(action)
  if (ending === null) wrong('it does not rest')
  if (ending === 'executed' && (effects === 0 || present !== 1)) wrong(`done ${effects} times, there ${present} times`)
  if (ending === 'undone' && present !== 0) wrong('it is still there')
  if ((ending === 'failed' || ending === 'returned') && effects > 0) wrong('it happened all the same')
  const isUndecided = action.decisions.length === 0 && action.state === 'awaiting_approval'
  if ((ending === 'failed' || ending === 'returned') && !isUndecided && reasonOf(action) === null)
    wrong('nobody is told why')
  for (const text of [action.note, action.exception?.says])
    if (text && CODES.test(text.replace(COUNTS, ''))) wrong(`these are not a marketer’s words: ${text}`)
  for (const at of earlyRepeats(asked)) wrong(`asked again at ${at}, before the wait was over`)
  return { ending: ending ?? 'exception', effects, violations: found }
}

function endingOf(action: Judgeable): Judged['ending'] | null {
  switch (action.state) {
    case 'executed':
    case 'settled':
      return action.exception === null ? 'executed' : 'exception'
    case 'undone':
      return 'undone'
    case 'failed':
    case 'blocked':
      return 'failed'
    case 'awaiting_approval':
      return 'returned'
    case 'unknown':
      return action.exception === null ? null : 'exception'
    default:
      return null
  }
}

const reasonOf = (action: Judgeable): string | null =>
  action.note ?? action.verdict?.reasons.find(({ outcome }) => outcome === 'block')?.text ?? null

/** A write that came before the wait of the 429 before it was over. */
function earlyRepeats(asked: readonly LogEntry[]): readonly string[] {
  return asked.flatMap((entry, index) => {
    const next = asked[index + 1]
    if (entry.status !== 429 || next === undefined) return []
    const waitedMs = Date.parse(next.at) - Date.parse(entry.at)
    return waitedMs < RETRY_AFTER_SECONDS * 1000 ? [next.at] : []
  })
}

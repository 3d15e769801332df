import type { MonthsArguments } from '../arguments.ts'
import { claim } from '../claim.ts'
import { createAgent } from '../gate-client.ts'
import { createOwner } from '../owner-client.ts'
import type { RunningGate } from '../running-gate.ts'
import type { Say } from '../say.ts'
import { createCalendar } from './calendar.ts'
import { createChannel } from './channel.ts'
import { workADay } from './day.ts'
import { type Figures, noFigures } from './figures.ts'
import { watchLevels } from './levels.ts'
import type { Office } from './office.ts'
import { openPractice } from './practice.ts'
import { createRandom } from './random.ts'
import { stampedDossiers, tellMonth, tellWhatIsMissing, tellYear } from './report.ts'

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
/** Where everything has words enough that a stamp can be seen. */
const READ_IN = ['crm_update', 'audience'] as const

/** Months of ordinary work on the gate's clock. Nothing is tuned: what the aims miss is printed as missed. */
export async function tellMonths(
  gate: RunningGate,
  { months, presser, seed }: MonthsArguments,
  say: Say,
  isEnded: () => boolean,
): Promise<void> {
  const owner = createOwner(gate.url, gate.ownerToken)
  claim((await owner.stops()).length === 0, 'Something is stopped at this gate. Write /tenure resume first.')
  const alone = (await owner.grants()).filter(({ level, agent }) => level > 2 && agent !== '*')
  claim(alone.length === 0, 'Something runs by itself at this gate already. The months begin at a new one.')
  say.chapter(`${months} ${months === 1 ? 'month' : 'months'} of work, ${presser} presser, seed ${seed}`)
  const putBack = await openPractice(owner)
  const office: Office = {
    say,
    owner,
    agent: createAgent(gate.url, gate.agentKey),
    calendar: createCalendar(gate.url, owner, isEnded),
    channel: createChannel(gate.url),
    random: createRandom(seed),
    presser,
    figures: noFigures(),
    open: new Map(),
  }
  try {
    tellYear(say, await work(office, months))
    await tellWhatIsMissing(say, owner)
    if (presser === 'hasty') await nothingWasProposed(office)
  } finally {
    await putBack()
  }
}

async function work(office: Office, months: number): Promise<readonly Figures[]> {
  const { say, calendar } = office
  const all: Figures[] = []
  const watch = watchLevels(office)
  const begin = await calendar.nextMorning()
  let morning = begin
  for (let month = 1; month <= months; month += 1) {
    const startedAt = performance.now()
    const until = monthsLater(begin, month)
    for (; morning < until; morning = await calendar.nextMorning()) {
      office.figures.levels = await watch(morning)
      await workADay(office, morning, Math.floor((morning.getTime() - begin.getTime()) / WEEK_MS) + 1)
    }
    office.figures.levels = await watch(morning)
    tellMonth(say, month, office.figures, (performance.now() - startedAt) / 1000)
    all.push(office.figures)
    office.figures = noFigures()
  }
  return all
}

const monthsLater = (at: Date, months: number): Date =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, Math.min(28, at.getUTCDate()), at.getUTCHours()))

async function nothingWasProposed({ owner, say }: Office): Promise<void> {
  const dossiers = await stampedDossiers(owner, READ_IN)
  claim(dossiers.length === 0, `More autonomy was proposed although nobody read: ${dossiers.join('; ')}.`)
  say.good(`Nothing was read, and no raise was ever proposed in ${READ_IN.join(' or ')}.`)
}

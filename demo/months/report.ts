import { PEOPLE } from '../chat.ts'
import type { Owner } from '../owner-client.ts'
import type { Say } from '../say.ts'
import { cardsAWeek, type Figures, type LevelInForce, minutes } from './figures.ts'

/** What the product promises; a miss is printed as a miss. */
const AIMS = [
  { month: 6, what: 'cards a week', of: cardsAWeek, most: 3 },
  { month: 12, what: 'minutes a month', of: minutes, most: 8 },
] as const

const HEAD = [
  'month',
  'cards a week',
  'minutes',
  'on cards',
  'approved',
  'edited',
  'rejected',
  'alone',
  'undone',
  'wrong, unseen',
] as const

/** One line while it runs. */
export function tellMonth(say: Say, month: number, figures: Figures, realSeconds: number): void {
  say.line(
    `Month ${month}: ${cardsAWeek(figures).toFixed(1)} cards a week, ${minutes(figures).toFixed(1)} minutes ` +
      `(${(figures.cardSeconds / 60).toFixed(1)} of them on cards), ` +
      `${figures.alone} ran alone, ${figures.undone} undone. ${levelWords(figures.levels)} (${realSeconds.toFixed(0)} s)`,
  )
}

/** The whole table, and the aims that the length of the story allows to judge. */
export function tellYear(say: Say, months: readonly Figures[]): void {
  say.chapter('Month by month')
  const rows = months.map((figures, index) => [
    String(index + 1),
    cardsAWeek(figures).toFixed(1),
    minutes(figures).toFixed(1),
    (figures.cardSeconds / 60).toFixed(1),
    ...[figures.approved, figures.edited, figures.rejected, figures.alone, figures.undone, figures.unseenWrong].map(
      String,
    ),
  ])
  say.columns([HEAD, ...rows])
  tellLevels(say, months)
  say.chapter('The aims')
  for (const { month, what, of, most } of AIMS) {
    const figures = months[month - 1]
    if (figures === undefined) {
      say.line(`At most ${most} ${what} in month ${month}: the story ended before.`)
      continue
    }
    const has = of(figures)
    const words = `At most ${most} ${what} in month ${month}: ${has.toFixed(1)}.`
    if (has <= most) say.good(`${words} Met.`)
    else say.held(`${words} Missed.`)
  }
}

/** Only the months that ended otherwise than the one before. */
function tellLevels(say: Say, months: readonly Figures[]): void {
  say.chapter('Levels in force at the end of a month')
  let before: string | null = null
  for (const [index, { levels }] of months.entries()) {
    const words = levelWords(levels)
    if (words !== before) say.line(`From month ${index + 1}: ${words}`)
    before = words
  }
}

/** By category, each kind with its level. */
function levelWords(levels: readonly LevelInForce[]): string {
  const categories = [...new Set(levels.map(({ category }) => category))].toSorted()
  const words = categories.map((category) => {
    const kinds = levels.filter((one) => one.category === category)
    return `${category}: ${kinds.map(({ scenario, level }) => `${scenario.split('.').slice(1).join('.')} ${level}`).join(', ')}`
  })
  return words.length === 0 ? 'Everything asks.' : `${words.join('; ')}.`
}

/** For whatever runs by itself: what its next level still asks for. */
export async function tellWhatIsMissing(say: Say, owner: Owner): Promise<void> {
  say.chapter('What the next levels still ask for')
  for (const scope of await owner.scopes()) {
    const { score, cells } = await owner.trust(scope)
    for (const { scenario, next } of cells) {
      if (next === null) continue
      const missing = next.gates.filter(({ name, status }) => status === 'missing' && name !== 'consent')
      say.line(
        `${scope}, ${scenario}, score ${score}: level ${next.level}: ${missing.map(({ says }) => says).join(' ') || 'nothing but somebody’s consent.'}`,
      )
    }
  }
}

/** Whether anything was ever proposed where the presser read nothing. */
export async function stampedDossiers(owner: Owner, categories: readonly string[]): Promise<readonly string[]> {
  const all = await Promise.all(
    (['open', 'granted', 'declined', 'withdrawn'] as const).map((state) => owner.promotions(state)),
  )
  return all
    .flat()
    .filter(({ scope }) => categories.some((category) => scope.startsWith(`${category}.`)))
    .map(({ title, state, opened_at: at }) => `${title} (${state}, ${at.slice(0, 10)}, shown to ${PEOPLE.owner.name})`)
}

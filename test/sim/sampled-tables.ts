import { type Figure, sampledFigure } from './figure.ts'
import { meanInterval, medianInterval, shareInterval } from './interval.ts'
import { SAMPLED_AGENTS, type SampledAgent } from './sampled-agents.ts'
import type { SampledHistory } from './sampled-history.ts'
import { meanOf, quantileOf, shareBy } from './spread.ts'
import type { Table } from './table.ts'
import type { ThroughGate } from './through-gate.ts'

/** One history through the gate, and in the core on the same draws. */
export type Sampled = { readonly agent: SampledAgent; readonly gate: ThroughGate; readonly core: SampledHistory }

const HUNDRED = 100
const NOTHING: Figure = { unit: 'decisions', ours: Number.NaN, page: null }

/** How level 3 is given and lost, and what it lets through, an agent a row. */
export const sampledTables = (sampled: readonly Sampled[]): readonly Table[] => {
  const agents = SAMPLED_AGENTS.map((agent) => ({ agent, own: sampled.filter((one) => one.agent === agent) })).filter(
    ({ own }) => own.length > 0,
  )
  return [
    {
      name: 'sample steps',
      title: 'Level 3, through the gate',
      columns: ['agent', 'given by decision 100', 'given after: median', 'demotions', 'change noticed after: median'],
      rows: agents.map(({ agent, own }) => ({ name: nameOf(agent, own), figures: stepFigures(agent, own) })),
    },
    {
      name: 'sample costs',
      title: 'What it cost, through the gate',
      columns: ['agent', 'reviews asked', 'bad actions executed'],
      rows: agents.map(({ agent, own }) => ({
        name: nameOf(agent, own),
        figures: [meanFigure(own, (one) => one.reviewsAsked), meanFigure(own, (one) => one.badExecuted)],
      })),
    },
  ]
}

const nameOf = ({ name, decisions }: SampledAgent, own: readonly Sampled[]): string =>
  `${name}; ${own.length} histories of ${decisions}`

function stepFigures(agent: SampledAgent, own: readonly Sampled[]): readonly Figure[] {
  const { page } = agent
  // A change is noticed only where there was a level to take back.
  const noticed = own.filter(({ gate, core }) => gate.couldBeNoticed && core.couldBeNoticed)
  return [
    agent.decisions < HUNDRED ? NOTHING : shareFigure(own, page.by100),
    medianFigure(own, (one) => one.givenAfter, page.median),
    meanFigure(own, (one) => one.demotions),
    noticed.length === 0 ? NOTHING : medianFigure(noticed, (one) => one.noticedAfter, page.noticed),
  ]
}

function shareFigure(own: readonly Sampled[], page: number | null): Figure {
  const share = (of: (one: Sampled) => SampledHistory): number =>
    shareBy(
      own.map((one) => of(one).givenAfter),
      HUNDRED,
    )
  const ours = share(({ gate }) => gate)
  const between = shareInterval(Math.round(ours * own.length), own.length)
  return sampledFigure(
    'share',
    ours,
    between,
    share(({ core }) => core),
    page,
  )
}

function medianFigure(
  own: readonly Sampled[],
  of: (one: SampledHistory) => number | null,
  page: number | null,
): Figure {
  const [gate, core] = [own.map((one) => of(one.gate)), own.map((one) => of(one.core))]
  return sampledFigure('decisions', quantileOf(gate, 0.5), medianInterval(gate), quantileOf(core, 0.5), page)
}

function meanFigure(own: readonly Sampled[], of: (one: SampledHistory) => number): Figure {
  const gate = own.map((one) => of(one.gate))
  return sampledFigure('actions', meanOf(gate), meanInterval(gate), meanOf(own.map((one) => of(one.core))))
}

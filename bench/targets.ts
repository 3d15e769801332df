import type { Disk, ProgramName } from './arguments.ts'
import { keeps, type Limit, median, ratioByRound } from './measure.ts'
import type { Level, Results } from './results.ts'

export type Judged = {
  readonly target: string
  readonly limit: Limit
  readonly value: number | null
  readonly unit: '%' | '×' | 'ms' | 'KB' | 'MB' | ''
  readonly kept: boolean | null
}

/** The targets of the gate on Node, each with what was measured. Absolute rates are reported, never judged. */
export function judge(results: Results): readonly Judged[] {
  const gate = results.programs.gate
  const proposal = gate?.proposal
  const action = gate?.action
  const rows: Omit<Judged, 'kept'>[] = [
    ...proposeTargets(results, '2ms', { 1: 65, 16: 55, 64: 110 }),
    ...proposeTargets(results, 'ordinary', { 1: 25, 16: 45, 64: 75 }),
    row('one hot workspace, of many, 16 at once', { atLeast: 80 }, hot(results, 16), '%'),
    row('one hot workspace, of many, 64 at once', { atLeast: 80 }, hot(results, 64), '%'),
    jobTarget(results, 'graphile-worker-ledger', 1.5),
    jobTarget(results, 'restate', 4),
    jobTarget(results, 'dbos', 4),
    jobTarget(results, 'langgraph', 8),
    row('CPU for each action', { atMost: 4 }, middle(gate?.job['2ms']?.cpuMs), 'ms'),
    row('click → effect p50, alone', { atMost: 10 }, gate?.clicks?.p50 ?? null, 'ms'),
    row('log for each action', { atMost: 8 }, kb(action?.walBytes), 'KB'),
    row('row versions for each action', { atMost: 16 }, action?.row_versions ?? null, ''),
    row('transactions for each action', { atMost: 4 }, action?.transactions ?? null, ''),
    row('log for each proposal', { atMost: 3 }, kb(proposal?.walBytes), 'KB'),
    row('flushes for each proposal, 64 at once', { atMost: 0.1 }, proposal?.fsyncs ?? null, ''),
    row('log for each settlement', { atMost: 0.9 }, kb(results.settlementWalBytes), 'KB'),
    row('same approval twice at once: effects', { atMost: 1 }, gate?.twice?.most ?? null, ''),
    row(
      `memory with ${results.memory?.pending ?? 10_000} pending`,
      { atMost: 200 },
      results.memory?.after ?? null,
      'MB',
    ),
    row('1,000 rules and scopes, 10,000 workspaces: p50', { atMost: 1.2 }, results.growth?.ratio ?? null, '×'),
  ]
  if (results.million) {
    const { propose, list } = results.million
    rows.push(
      row('a million actions: propose p50', { atMost: 1.2 }, propose.after / propose.before, '×'),
      row('a million actions: list p50', { atMost: 1.2 }, list.after / list.before, '×'),
    )
  }
  return rows.map((one) => ({ ...one, kept: keeps(one.value, one.limit) }))
}

const row = (target: string, limit: Limit, value: number | null, unit: Judged['unit']): Omit<Judged, 'kept'> => ({
  target,
  limit,
  value,
  unit,
})

/** The gate's rate as a share of the floor's in the same rounds, in per cent. */
export function shareOfFloor(results: Results, name: ProgramName, disk: Disk, level: Level): number | null {
  const rates = results.programs[name]?.propose[disk]?.[level]
  const floor = results.programs.floor?.propose[disk]?.[level]
  if (!rates?.length || !floor?.length) return null
  return ratioByRound(rates, floor).median * 100
}

function proposeTargets(results: Results, disk: Disk, least: Readonly<Record<Level, number>>) {
  const words = disk === '2ms' ? 'a disk that flushes in 2 ms' : 'the ordinary disk'
  return ([1, 16, 64] as const).map((level) =>
    row(
      `propose of floor, ${level} at once, ${words}`,
      { atLeast: least[level] },
      shareOfFloor(results, 'gate', disk, level),
      '%',
    ),
  )
}

/** How many times the other program's rate of the whole job the gate's is, on the judged disk. */
export function timesOf(results: Results, name: ProgramName): number | null {
  const rates = results.programs.gate?.job['2ms']?.rates
  const other = results.programs[name]?.job['2ms']?.rates
  return rates?.length && other?.length ? ratioByRound(rates, other).median : null
}

const jobTarget = (results: Results, name: ProgramName, least: number) =>
  row(`whole job, 16 at once, of ${name}`, { atLeast: least }, timesOf(results, name), '×')

function hot(results: Results, atOnce: 16 | 64): number | null {
  const rates = results.hot?.[atOnce]
  return rates ? ratioByRound(rates.hot, rates.many).median * 100 : null
}

const kb = (bytes: number | undefined): number | null => (bytes === undefined ? null : bytes / 1024)

const middle = (numbers: readonly number[] | undefined): number | null =>
  numbers === undefined || numbers.length === 0 ? null : median(numbers)

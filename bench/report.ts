import Table from 'cli-table3'
import { PROGRAMS, type ProgramName } from './arguments.ts'
import { median, percentile } from './measure.ts'
import { type Counted, LEVELS, type ProgramResults, type Results } from './results.ts'
import { judge, type Judged, shareOfFloor, timesOf } from './targets.ts'

const STYLE = { head: [], border: [] }

/** The tables for the terminal: proposals, the whole job, what it writes, and the targets. */
export function tables(results: Results): string {
  return [
    `Floor: bench/floor.ts and bench/proposal.ts, sha256 ${results.floor.sha256.slice(0, 16)}, commit ${results.floor.commit ?? 'none yet'}`,
    `Postgres ${results.postgres}, Node ${results.machine.node}, ${results.machine.cores} cores`,
    '\nProposals a second at 1 / 16 / 64 at once, median of the rounds, and the share of the floor in the same rounds',
    proposeTable(results),
    '\nThe whole job (propose → click → effect), 16 at once',
    jobTable(results),
    '\nWritten for each action, and for each proposal',
    countsTable(results),
    ...extras(results),
    '\nTargets of the gate. The reason of a miss is for a person to write.',
    targetsTable(judge(results)),
  ].join('\n')
}

const measured = (results: Results): readonly (readonly [ProgramName, ProgramResults])[] =>
  PROGRAMS.flatMap((name) => {
    const program = results.programs[name]
    return program ? [[name, program] as const] : []
  })

function proposeTable(results: Results): string {
  const table = new Table({ head: ['', 'flushes in 2 ms', 'of floor', 'ordinary disk', 'of floor'], style: STYLE })
  for (const [name, program] of measured(results)) {
    const cells = (['2ms', 'ordinary'] as const).flatMap((disk) => {
      const rates = program.propose[disk]
      return [
        rates ? LEVELS.map((level) => rounded(median(rates[level]))).join(' / ') : '',
        rates ? LEVELS.map((level) => rounded(shareOfFloor(results, name, disk, level))).join(' / ') + ' %' : '',
      ]
    })
    table.push([name, ...cells])
  }
  return table.toString()
}

function jobTable(results: Results): string {
  const head = [
    '',
    'actions/s\n(2 ms)',
    'least–most',
    'gate is\n× of it',
    'actions/s\n(ordinary)',
    'CPU ms\n(database)',
    'click→effect ms\np50 · p95 alone',
    'p50 at 16',
    'effects of\na double press',
  ]
  const table = new Table({ head, style: STYLE })
  for (const [name, program] of measured(results)) {
    if (name === 'floor') continue
    const slow = program.job['2ms']
    const { clicks, twice } = program
    table.push([
      name + (program.failed ? `\n(${program.failed.slice(0, 40)})` : ''),
      slow ? rounded(median(slow.rates)) : '',
      slow ? `${rounded(Math.min(...slow.rates))}–${rounded(Math.max(...slow.rates))}` : '',
      name === 'gate' ? '' : fixed(timesOf(results, name), 2),
      program.job.ordinary ? rounded(median(program.job.ordinary.rates)) : '',
      slow?.cpuMs.length ? `${fixed(median(slow.cpuMs), 1)} (${fixed(median(slow.databaseCpuMs), 1)})` : '',
      clicks ? `${fixed(clicks.p50, 1)} · ${fixed(clicks.p95, 1)}` : '',
      slow ? fixed(percentile(slow.p50, 50), 0) : '',
      twice ? String(twice.most) : '',
    ])
  }
  return table.toString()
}

function countsTable(results: Results): string {
  const head = ['', 'log KB', 'row versions', 'transactions', 'statements', 'flushes']
  const table = new Table({ head: [...head, 'log KB of\na proposal', 'flushes of one\nof 64 at once'], style: STYLE })
  const cells = (counted: Counted | undefined): string[] =>
    counted === undefined
      ? ['', '', '', '', '']
      : [
          fixed(counted.walBytes / 1024, 1),
          fixed(counted.row_versions, 1),
          fixed(counted.transactions, 1),
          fixed(counted.statements, 1),
          fixed(counted.fsyncs, 2),
        ]
  for (const [name, { action, proposal }] of measured(results)) {
    const ofOne = proposal ? [fixed(proposal.walBytes / 1024, 1), fixed(proposal.fsyncs, 2)] : ['', '']
    table.push([name, ...cells(action), ...ofOne])
  }
  return table.toString()
}

function extras({ cards, growth, memory }: Results): readonly string[] {
  const lines: string[] = []
  if (cards)
    lines.push(
      `With cards in Slack ${rounded(median(cards.with.rates))} proposals/s at ${fixed(median(cards.with.cpuMs), 1)} ms CPU; ` +
        `without ${rounded(median(cards.without.rates))} at ${fixed(median(cards.without.cpuMs), 1)} ms.`,
    )
  if (memory)
    lines.push(
      `Memory ${rounded(memory.before)} MB, with ${memory.pending} more pending ${rounded(memory.after)} MB, at its highest ${rounded(memory.peak)} MB.`,
    )
  if (growth)
    lines.push(
      `One proposal alone: ${fixed(growth.before.p50, 1)} ms; with many rules, scopes and workspaces ${fixed(growth.after.p50, 1)} ms; ` +
        `each in a workspace not seen before ${fixed(growth.coldP50, 1)} ms.`,
    )
  return lines.length > 0 ? ['', ...lines] : []
}

function targetsTable(judged: readonly Judged[]): string {
  const table = new Table({ head: ['target', 'limit', 'measured', '', 'reason'], style: STYLE })
  for (const one of judged) table.push([one.target, limitOf(one), withUnit(one.value, one.unit), mark(one.kept), ''])
  return table.toString()
}

const limitOf = ({ limit, unit }: Judged): string =>
  'atLeast' in limit ? `≥ ${withUnit(limit.atLeast, unit)}` : `≤ ${withUnit(limit.atMost, unit)}`

const mark = (kept: boolean | null): string => (kept === null ? 'not measured' : kept ? 'pass' : 'MISS')

function withUnit(value: number | null, unit: Judged['unit']): string {
  if (value === null || Number.isNaN(value)) return ''
  const digits = unit === '%' || unit === 'MB' ? 0 : value < 1 ? 2 : 1
  return `${Number(value.toFixed(digits))}${unit === '' ? '' : unit === '%' || unit === '×' ? ` ${unit}` : ` ${unit}`}`
}

const TITLES: Readonly<Record<ProgramName, string>> = {
  floor: 'Hono + one INSERT',
  gate: 'Tenure',
  'graphile-worker': 'graphile-worker',
  'graphile-worker-ledger': 'graphile-worker with a ledger',
  'pg-boss': 'pg-boss',
  restate: 'Restate',
  dbos: 'DBOS',
  langgraph: 'LangGraph.js',
}

/** The comparison as Markdown: ratios and counts only, which hold on other machines too. */
export function markdown(results: Results): string {
  const jobs = measured(results).filter(([name]) => name !== 'floor')
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rows: readonly (readonly [string, (name: ProgramName, program: ProgramResults) => string])[] = [
    ['whole job at 16, Tenure is × of it', (name) => (name === 'gate' ? '1' : fixed(timesOf(results, name), 1))],
    ['CPU ms for each action', (_, { job }) => fixed(median(job['2ms']?.cpuMs ?? []), 1)],
    ['click → effect p50 alone, ms', (_, { clicks }) => fixed(clicks?.p50 ?? null, 1)],
    ['log KB for each action', (_, { action }) => fixed(action ? action.walBytes / 1024 : null, 1)],
    ['transactions for each action', (_, { action }) => fixed(action?.transactions ?? null, 1)],
    ['same approval pressed twice at once: effects', (_, { twice }) => String(twice?.most ?? '')],
  ]
  const shares = (['2ms', 'ordinary'] as const).map((disk) => {
    const each = LEVELS.map((level) => rounded(shareOfFloor(results, 'gate', disk, level))).join(' / ')
    return `${disk === '2ms' ? 'on a disk that flushes in 2 ms' : 'on the ordinary disk'} ${each} %`
  })
  return [
    line(['', ...jobs.map(([name]) => TITLES[name])]),
    line(['---', ...jobs.map(() => '---')]),
    ...rows.map(([title, cell]) => line([title, ...jobs.map(([name, program]) => cell(name, program))])),
    '',
    `Proposals of Tenure against Hono + one INSERT, 1 / 16 / 64 at once: ${shares.join('; ')}.`,
  ].join('\n')
}

const rounded = (value: number | null): string =>
  value === null || Number.isNaN(value) ? '–' : value < 10 ? value.toFixed(1) : String(Math.round(value))
const fixed = (value: number | null, digits: number): string =>
  value === null || Number.isNaN(value) ? '–' : value.toFixed(digits)

import type { DecisionEvent } from '../../core/domain/trust/decision-event.ts'

/**
 * The trust model once more, from a plain list of decisions and as its page reads: nothing is shared with the core but
 * the type of an event. Slow and simple on purpose.
 */
export type PlainDecision = {
  readonly day: number
  readonly event: DecisionEvent
  readonly ranAtLevel: number | null
  readonly concernsHighAutonomy: boolean
}

type Row = {
  readonly y: number | null
  readonly approval: number
  readonly rejection: number
  readonly q: number
  readonly c: number
  readonly severity: number
  readonly counts: boolean
  readonly judged: boolean
  readonly takes15: boolean
}

const NO_ROW: Row = {
  y: null,
  approval: 0,
  rejection: 0,
  q: 0,
  c: 0,
  severity: 0,
  counts: false,
  judged: false,
  takes15: false,
}
const SEVERITIES = { preference: 0.25, minor: 0.5, major: 1, critical: 2 }

/** Recorded values have six decimals. */
const recorded = (value: number): number => Math.round(value * 1e6) / 1e6
const quality = (d: number): number => (d === 0 ? 1 : 0.9 * (1 - Math.min(1, d / 0.5)))

export function rowOf(event: DecisionEvent): Row {
  const approval = (y: number, q: number, c: number, weight = 1): Row => ({
    ...NO_ROW,
    y,
    approval: weight,
    q: recorded(q),
    c: recorded(c),
    counts: weight === 1,
    judged: weight === 1,
  })
  const rejection = (severity: number, judged: boolean, takes15: boolean): Row => ({
    ...NO_ROW,
    y: 0,
    rejection: 1,
    severity,
    counts: true,
    judged,
    takes15,
  })
  if (event.kind === 'approved') {
    const { distance, emptied } = event.edit
    if (emptied || distance > 0.4) return rejection(0.5, true, false)
    if (distance === 0 && event.tooFast) return approval(1, 1, event.confidence, 0.25)
    return approval(distance > 0.15 ? 0.5 : 1, quality(distance), event.confidence)
  }
  if (event.kind === 'seen' || event.kind === 'audit_confirmed') return approval(1, 1, event.confidence)
  if (event.kind === 'unseen') return approval(1, 1, 0.5, 0.25)
  if (event.kind === 'revised') return approval(0.5, event.edit ? quality(event.edit.distance) : 0.5, event.confidence)
  if (event.kind === 'policy_failed') return rejection(2, false, true)
  if (event.kind === 'reversed_by_agent') {
    const severity = SEVERITIES[event.severity ?? 'minor']
    return rejection(severity, false, severity >= 1)
  }
  if (event.kind === 'rejected' || event.kind === 'reversed' || event.kind === 'undone') {
    return rejection(SEVERITIES[event.severity ?? 'major'], true, true)
  }
  return NO_ROW
}

/** The base score on a day, attribution not applicable. */
export function plainScore(decisions: readonly PlainDecision[], today: number): number {
  const rows: Row[] = []
  for (let day = today; day > today - 365; day -= 1) {
    if (day <= today - 90 && rows.length >= 50) break
    for (const decision of decisions) {
      const row = rowOf(decision.event)
      if (decision.day === day && row.approval + row.rejection > 0) rows.push(row)
    }
  }
  const sum = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0)
  const [a, b] = [sum((row) => row.approval), sum((row) => row.rejection)]
  const sA = Math.max(0, Math.min(1, 2 * quantile(0.1, 1 + a, 1 + b) - 1))
  const sE = (sum((row) => row.approval * row.q) + 2.5) / (a + 5)
  const sR = Math.max(0, (a + b - 4 * sum((row) => row.severity) + 2.5) / (a + b + 5))
  const sT = (sum((row) => row.approval * row.c) + 2.5) / (a + 5)
  return (100 * (0.4 * sA + 0.2 * sE + 0.15 * sR + 0.1 * sT)) / 0.85
}

export type PlainCell = {
  readonly epoch: number
  readonly level: number
  readonly evidence: readonly number[]
  readonly cycles: number
  readonly correct: number
  readonly correctActions: number
  readonly drift: number
}

/** E for p0 .80, .88 and .92, the counts and C of a cell without a changed agent. */
export function plainCell(decisions: readonly PlainDecision[], startLevel: number): PlainCell {
  let epoch = 1
  let level = startLevel
  let inEpoch: PlainDecision[] = []
  for (const decision of decisions) {
    inEpoch.push(decision)
    const row = rowOf(decision.event)
    const isHigh = row.takes15 && decision.concernsHighAutonomy
    const isCritical = level >= 3 && row.severity === 2
    const isDrift = level >= 3 && drift(inEpoch, level) >= 4
    if (!isHigh && !isCritical && !isDrift) continue
    epoch += 1
    level = 2
    inEpoch = []
  }
  const counted = inEpoch.filter(({ event }) => rowOf(event).counts)
  const lastError = counted.findLastIndex(({ event }) => rowOf(event).severity >= 1)
  const correct = counted.slice(lastError + 1).filter(({ event }) => rowOf(event).y === 1)
  return {
    epoch,
    level,
    evidence: [0.8, 0.88, 0.92].map((p0) => evidence(counted, p0)),
    cycles: counted.filter(({ event }) => rowOf(event).judged).length,
    correct: correct.length,
    correctActions: correct.filter(({ ranAtLevel }) => ranAtLevel !== null && ranAtLevel >= 3).length,
    drift: drift(inEpoch, level),
  }
}

function evidence(counted: readonly PlainDecision[], p0: number): number {
  const products = [0.25, 0.5, 0.75, 0.9, 0.98].map((f) => {
    let product = 1
    for (const { event } of counted) product *= 1 + (f / p0) * ((rowOf(event).y ?? 0) - p0)
    return product
  })
  return products.reduce((sum, product) => sum + product, 0) / 5
}

function drift(decisions: readonly PlainDecision[], level: number): number {
  if (level < 3) return 0
  const [f0, f1] = level === 3 ? [0.1, 0.3] : [0.05, 0.2]
  let c = 0
  for (const { event } of decisions) {
    const { counts, y } = rowOf(event)
    if (!counts || y === null) continue
    c = Math.max(0, c + Math.log((1 - f1) / (1 - f0)) * y + Math.log(f1 / f0) * (1 - y))
  }
  return c
}

/** The quantile of Beta(a, b) by halving, over an integral by the double exponential rule. */
function quantile(p: number, a: number, b: number): number {
  const total = integral(1, a, b)
  let [low, high] = [0, 1]
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (integral(middle, a, b) < p * total) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function integral(to: number, a: number, b: number): number {
  const mode = a + b > 2 ? (a - 1) / (a + b - 2) : 0.5
  const logDensity = (x: number): number =>
    (a === 1 ? 0 : (a - 1) * Math.log(x)) + (b === 1 ? 0 : (b - 1) * Math.log1p(-x))
  const peak = mode > 0 && mode < 1 ? logDensity(mode) : 0
  const step = 1 / 64
  let sum = 0
  for (let n = -4 / step; n <= 4 / step; n += 1) {
    const t = n * step
    const u = (Math.PI / 2) * Math.sinh(t)
    const x = to / (1 + Math.exp(-2 * u))
    const weight = (to * Math.PI * Math.cosh(t)) / (4 * Math.cosh(u) ** 2)
    if (x > 0 && x < 1 && weight > 0) sum += weight * Math.exp(logDensity(x) - peak)
  }
  return sum * step * 2
}

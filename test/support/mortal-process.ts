import { createPlatforms } from '../../connectors/registry.ts'
import { createGate } from '../../core/gate/create-gate.ts'
import type { Dependencies } from '../../core/gate/dependencies.ts'
import type { Actor } from '../../core/domain/people.ts'
import { type AtPoint, fetchWithPoints, type Point, withPoints } from './crash-points.ts'

/** Thrown where a process would have died, and from then on by every port that its remains still call. */
class Died extends Error {}

export type MortalOptions = {
  readonly deps: Dependencies
  readonly baseUrls: Readonly<Record<string, string>>
  readonly now: () => Date
  readonly owner: Actor
  readonly agent: Actor
  /** Its clock runs a second and a half between any two looks: no claim is sent in time. */
  readonly isSlow?: boolean
}

/** A gate with points in all its ports, whose background work can be waited for. */
export function gateWithPoints(options: MortalOptions, at: AtPoint) {
  const running: Promise<unknown>[] = []
  const errors: unknown[] = []
  let looks = 0
  const deps = withPoints(
    {
      ...options.deps,
      platforms: createPlatforms({
        fetch: fetchWithPoints(globalThis.fetch, at),
        baseUrls: options.baseUrls,
        now: () => options.now().getTime(),
      }),
      background: (work) => void running.push(work().catch((error: unknown) => errors.push(error))),
      ...(options.isSlow ? { monotonicMs: () => (looks += 1) * 1500 } : {}),
    },
    at,
  )
  const { gate, sweep } = createGate(deps)
  const { owner, agent, now } = options
  return {
    doors: { gate, sweep, owner, agent, now },
    settled: async (): Promise<void> => {
      while (running.length > 0) await Promise.all(running.splice(0))
      if (errors.length > 0) throw errors[0]
    },
  }
}

export type Doors = ReturnType<typeof gateWithPoints>['doors']

export type Life = {
  /** Every point that was passed, in order. */
  readonly points: readonly Point[]
  readonly died: boolean
  /** Whether the client had its answer. */
  readonly answered: boolean
  readonly answer: unknown
}

/**
 * Lives on after its ports have failed it: what a verb or its background work threw is told, not thrown, because a
 * process reports it and goes on.
 */
export async function liveOn(
  options: MortalOptions,
  work: (doors: Doors) => Promise<unknown>,
  at: AtPoint,
): Promise<{ readonly answered: boolean; readonly errors: readonly unknown[] }> {
  const errors: unknown[] = []
  const { doors, settled } = gateWithPoints(options, at)
  let answered = false
  try {
    await work(doors)
    answered = true
  } catch (error) {
    errors.push(error)
  }
  await settled().catch((error: unknown) => errors.push(error))
  return { answered, errors }
}

/** What a process of its own would do until it dies at a point: from there on none of its ports does anything. */
export async function liveUntil(
  options: MortalOptions,
  work: (doors: Doors) => Promise<unknown>,
  diesAt: (point: Point) => boolean,
): Promise<Life> {
  const points: Point[] = []
  let died = false
  let answered = false
  let answer: unknown
  const { doors, settled } = gateWithPoints(options, (point) => {
    if (died) throw new Died()
    points.push(point)
    died = diesAt(point)
    if (died) throw new Died()
  })
  try {
    answer = await work(doors)
    answered = !died
    await settled()
  } catch (error) {
    if (!died) throw error
  }
  return { points, died, answered, answer }
}

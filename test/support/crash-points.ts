import type { Dependencies } from '../../core/gate/dependencies.ts'
import type { Kind } from '../../core/ports/kind.ts'
import type { Store } from '../../core/ports/store.ts'

export type Side = 'before' | 'after'

/** One place where a process can die: the nth call of a port's method, before or after it. */
export type Point = { readonly name: string; readonly nth: number; readonly side: Side }

/** Told at every point; to end the process there it does not come back. */
export type AtPoint = (point: Point) => void

export const pointText = ({ name, nth, side }: Point): string => `${side} ${name} #${nth}`

/**
 * The same dependencies with a point before and after every method of every port, of every transaction (its commit and
 * its roll-back included) and of every kind. Nothing is named by hand, so a new method is a new point by itself.
 */
export function withPoints(deps: Dependencies, at: AtPoint): Dependencies {
  const counts = new Map<string, number>()
  const tell: Tell = (name, side) => {
    const key = `${side} ${name}`
    const nth = (counts.get(key) ?? 0) + 1
    counts.set(key, nth)
    at({ name, nth, side })
  }
  const kinds = new Map<string, Kind>()
  return {
    ...deps,
    store: storeWithPoints(deps.store, tell),
    kinds: {
      all: deps.kinds.all,
      get(id) {
        const kind = deps.kinds.get(id)
        if (kind && !kinds.has(id)) kinds.set(id, portWithPoints('kind', kind, tell))
        return kinds.get(id)
      },
    },
    platforms: portWithPoints('platforms', deps.platforms, tell),
    secrets: portWithPoints('secrets', deps.secrets, tell),
    callbacks: portWithPoints('callbacks', deps.callbacks, tell),
    committed: callWithPoints('committed', deps.committed, tell),
    background: callWithPoints('background', deps.background, tell),
  }
}

type Tell = (name: string, side: Side) => void

/** A `fetch` with points: what a kind does in several requests can end between them. */
export const fetchWithPoints = (fetch: typeof globalThis.fetch, at: AtPoint): typeof globalThis.fetch => {
  let nth = 0
  return async (input, init) => {
    const mine = (nth += 1)
    at({ name: 'fetch', nth: mine, side: 'before' })
    const answer = await fetch(input, init)
    at({ name: 'fetch', nth: mine, side: 'after' })
    return answer
  }
}

function storeWithPoints(store: Store, tell: Tell): Store {
  return {
    ...portWithPoints('store', store, tell),
    async transact(workspaceId, work, toMove) {
      tell('store.begin', 'before')
      const result = await store.transact(
        workspaceId,
        async (tx) => {
          tell('store.begin', 'after')
          const done = await work(portWithPoints('tx', tx, tell))
          tell(done.ok ? 'store.commit' : 'store.rollback', 'before')
          return done
        },
        toMove,
      )
      tell(result.ok ? 'store.commit' : 'store.rollback', 'after')
      return result
    },
    async transactTogether(workspaceId, asks, work) {
      tell('store.begin', 'before')
      const result = await store.transactTogether(workspaceId, asks, async (tx, waitMs) => {
        tell('store.begin', 'after')
        const done = await work(portWithPoints('tx', tx, tell), waitMs)
        tell(done.ok ? 'store.commit' : 'store.rollback', 'before')
        return done
      })
      tell(result.ok ? 'store.commit' : 'store.rollback', 'after')
      return result
    },
    async read(workspaceId, work) {
      tell('store.read', 'before')
      const result = await store.read(workspaceId, (tx) => work(portWithPoints('tx', tx, tell)))
      tell('store.read', 'after')
      return result
    },
  }
}

function portWithPoints<Port extends object>(prefix: string, port: Port, tell: Tell): Port {
  const wrapped = new Map<PropertyKey, unknown>()
  return new Proxy(
    { ...port },
    {
      get(_copy, key) {
        const value: unknown = Reflect.get(port, key)
        if (typeof key === 'symbol') return value
        const name = `${prefix}.${key}`
        const isSteps = key === 'undo' && typeof value === 'object' && value !== null
        if (typeof value !== 'function' && !isSteps) return value
        // safe: checked on the line above
        const made = () =>
          isSteps ? portWithPoints(name, value, tell) : callWithPoints(name, (value as Call).bind(port), tell)
        if (!wrapped.has(key)) wrapped.set(key, made())
        return wrapped.get(key)
      },
    },
  )
}

type Call = (...args: never[]) => unknown

function callWithPoints<Args extends unknown[], Out>(
  name: string,
  call: (...args: Args) => Out,
  tell: Tell,
): (...args: Args) => Out {
  return (...args) => {
    tell(name, 'before')
    const out = call(...args)
    if (!(out instanceof Promise)) {
      tell(name, 'after')
      return out
    }
    // safe: a promise of the same value, one point later
    const told = out.then((value: unknown) => {
      tell(name, 'after')
      return value
    })
    // Two calls made together: where the second dies before it is made, nobody waits for the first.
    told.catch(() => undefined)
    return told as Out
  }
}

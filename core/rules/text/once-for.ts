type Step<R> = { next: WeakMap<object, Step<R>>; made: { readonly value: R } | null }

/**
 * Compiles a list of values once however many places of a policy they hold at: the same objects in the same order give
 * the same result. What is no longer used anywhere is forgotten.
 */
export function onceFor<V extends object, R>(make: (values: readonly [V, ...V[]]) => R) {
  const root: Step<R> = { next: new WeakMap(), made: null }
  return (values: readonly [V, ...V[]]): R => {
    let step = root
    for (const value of values) {
      const known = step.next.get(value) ?? { next: new WeakMap(), made: null }
      step.next.set(value, known)
      step = known
    }
    step.made ??= { value: make(values) }
    return step.made.value
  }
}

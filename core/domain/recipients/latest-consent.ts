/** What a person said about being messaged on one channel, or what a platform says that they said. */
export type ConsentStatement = {
  readonly standing: 'given' | 'withdrawn'
  /** When it was said, not when we heard of it. */
  readonly at: Date
}

/**
 * What counts of everything that one person said about one channel: the newest by its own time, in whatever order it was
 * heard. A withdrawal wins a tie. Null: nothing was ever said.
 */
export function latestConsent<Statement extends ConsentStatement>(said: readonly Statement[]): Statement | null {
  return said.reduce<Statement | null>((latest, one) => (latest === null || counts(one, latest) ? one : latest), null)
}

function counts(one: ConsentStatement, latest: ConsentStatement): boolean {
  if (one.at.getTime() !== latest.at.getTime()) return one.at > latest.at
  return one.standing === 'withdrawn'
}

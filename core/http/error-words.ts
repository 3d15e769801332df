export type ErrorWords = {
  readonly name: string
  /** Of a system, a database or a platform client, where it gives one. */
  readonly code: string | null
  readonly message: string
  /** Where it was thrown: one line a frame. */
  readonly stack: readonly string[]
}

const MOST_CAUSES = 10
const FRAME = /^ {4}at /

/**
 * What a log may keep of an error. The query builder puts the statement and its parameters (people's addresses, sealed
 * credentials) into its message and so into the stack: of its errors only the cause speaks, and of any only the frames.
 */
export function errorWords(error: unknown): ErrorWords {
  const causes = causesOf(error)
  const told = causes.find((cause) => !carriesQuery(cause))
  const code = causes.map(codeOf).find((found) => found !== null) ?? null
  const stack = causes.map(framesOf).find((frames) => frames.length > 0) ?? []
  return { name: told?.name ?? 'Error', code, message: told?.message ?? 'A query failed.', stack }
}

function causesOf(error: unknown): readonly Error[] {
  if (!(error instanceof Error)) return [new NotAnError(error)]
  const causes: Error[] = []
  for (let cause: unknown = error; cause instanceof Error && causes.length < MOST_CAUSES; cause = cause.cause)
    causes.push(cause)
  return causes
}

/** Somebody threw a value: its text is told, its place is not known. */
class NotAnError extends Error {
  constructor(thrown: unknown) {
    super(typeof thrown === 'string' ? thrown : `A ${thrown === null ? 'null' : typeof thrown} was thrown`)
    this.name = 'NotAnError'
    this.stack = ''
  }
}

const carriesQuery = ({ message }: Error): boolean => message.includes('Failed query:')

const codeOf = (error: Error): string | null =>
  'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? String(error.code) : null

/** The message comes before the frames and may itself have lines that look like one. */
function framesOf({ message, stack = '' }: Error): readonly string[] {
  const at = message === '' ? -1 : stack.indexOf(message)
  const after = at < 0 ? stack : stack.slice(at + message.length)
  return after
    .split('\n')
    .filter((line) => FRAME.test(line))
    .map((line) => line.trim())
}

import { LogLevel, type Logger } from '@slack/bolt'

/** What the door tells the operator. Never bodies, tokens or names of people. */
export type Log = (level: 'info' | 'warn' | 'error', message: string, about?: Readonly<Record<string, unknown>>) => void

/** Bolt's logger on ours. Its debug lines carry request bodies and are dropped; of an error only its kind is kept. */
export function boltLogger(log: Log): Logger {
  const say =
    (level: 'warn' | 'error') =>
    (...parts: unknown[]) => {
      log(level, 'slack: bolt', { parts: parts.map(kindOf) })
    }
  return {
    debug: () => {},
    info: () => {},
    warn: say('warn'),
    error: say('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  }
}

/** The kind of an error without its text, which may quote what a person wrote. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error.slice(0, 120) : typeof error
  const code: unknown = 'code' in error ? error.code : undefined
  return typeof code === 'string' ? `${error.name} ${code}` : error.name
}

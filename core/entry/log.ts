import type { Logger } from '../http/http-env.ts'

/** One line of JSON for each event, on the streams that both runtimes collect. */
export const logger: Logger = {
  warn: (event, fields) => console.warn(JSON.stringify({ level: 'warn', event, ...fields })),
  error: (event, fields) => console.error(JSON.stringify({ level: 'error', event, ...fields })),
}

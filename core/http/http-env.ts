import type { Actor } from '../domain/people.ts'

/** Where the door writes what a person who runs it has to know; never a key, never a body. */
export type Logger = {
  warn(event: string, fields: Readonly<Record<string, unknown>>): void
  error(event: string, fields: Readonly<Record<string, unknown>>): void
}

export type HttpEnv = {
  Variables: {
    requestId: string
    publicUrl: string
    logger: Logger
    /** Set for every route under /v1. */
    actor: Actor
  }
}

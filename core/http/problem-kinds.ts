import type { Refusal } from '../gate/refusal.ts'

/** What only this door can refuse, before or after the gate was asked. */
export type OwnProblem =
  | 'unauthenticated'
  | 'broken_json'
  | 'unsupported_media_type'
  | 'body_too_large'
  | 'no_such_route'
  | 'method_not_allowed'
  | 'blocked'
  | 'internal_error'

export type ProblemKind = Refusal['kind'] | OwnProblem

/** Every problem type, its status and what a caller does about it; also the text of `/docs/problems`. */
export const PROBLEMS = {
  malformed: {
    status: 400,
    title: 'The request is not well formed',
    todo: 'Correct the fields named in `problems` and send it again. Nothing was stored, so the same Idempotency-Key may be used.',
  },
  broken_json: {
    status: 400,
    title: 'The body is not JSON',
    todo: 'Send one JSON document, encoded as UTF-8. Nothing was stored.',
  },
  unknown_kind: {
    status: 400,
    title: 'There is no such action kind',
    todo: 'Use one of the kinds in `known`, or ask GET /v1/kinds for the catalogue.',
  },
  unknown_connection: {
    status: 400,
    title: 'There is no such connection',
    todo: 'Connect the platform first (`tenure connection add`), or name one of several connections in `connection`.',
  },
  labels_loosen: {
    status: 400,
    title: 'Labels may only make it stricter',
    todo: 'Leave the label out, or choose one that is at least as strict as what the gate derived.',
  },
  unauthenticated: {
    status: 401,
    title: 'No valid key',
    todo: 'Send `Authorization: Bearer <key>` with an agent key or a member token that is in force.',
  },
  not_permitted: {
    status: 403,
    title: 'Not permitted',
    todo: 'Ask somebody with the right role, or an admin to widen the scope of the key. Sending it again changes nothing.',
  },
  stopped: {
    status: 403,
    title: 'Stopped by a person',
    todo: 'Wait until an admin lifts the stop. Do not look for another way to do the same.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    todo: 'Check the id. What belongs to another workspace or another agent is not found either.',
  },
  no_such_route: {
    status: 404,
    title: 'There is no such address',
    todo: 'Look at /docs for every address of this service.',
  },
  method_not_allowed: {
    status: 405,
    title: 'This address does not know the method',
    todo: 'Use one of the methods in the Allow header.',
  },
  idempotency_conflict: {
    status: 409,
    title: 'The idempotency key was used for another body',
    todo: 'Use a new Idempotency-Key for a new proposal; keep the key only for a repeat of the same body.',
  },
  already_decided: {
    status: 409,
    title: 'Already decided',
    todo: 'The first decision stands. Read the action for its state.',
  },
  not_now: {
    status: 409,
    title: 'Not possible in this state',
    todo: 'Read the action for its state and do what that state allows.',
  },
  stale_hash: {
    status: 409,
    title: 'It changed since you looked',
    todo: 'Read the action again, look at what it is now, and decide with its new `payload_hash`.',
  },
  stricter_now: {
    status: 409,
    title: 'The guardrails are stricter now',
    todo: 'Read `reasons`, then decide again on the action as it stands now.',
  },
  not_earned: {
    status: 409,
    title: 'Not earned yet',
    todo: 'Read `missing`: each line is something that has to hold first. Nothing was changed.',
  },
  already_answered: {
    status: 409,
    title: 'Already answered',
    todo: 'The first answer stands. Read it for what was decided.',
  },
  platform_changed: {
    status: 409,
    title: 'Somebody changed it on the platform since',
    todo: 'Look at `differences`. To take it back all the same, send `despite_changes: true`.',
  },
  expired: {
    status: 410,
    title: 'Its time is over',
    todo: 'Propose it anew if it is still wanted.',
  },
  window_closed: {
    status: 410,
    title: 'It can no longer be taken back',
    todo: 'Propose a new action that makes good.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    todo: 'Send less: put large files on the platform and refer to them.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The body is not declared as JSON',
    todo: 'Send `Content-Type: application/json`.',
  },
  blocked: {
    status: 422,
    title: 'Blocked by a guardrail',
    todo: 'Read `action.verdict.reasons`. Do not resend it unchanged; a changed proposal needs a new Idempotency-Key.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    todo: 'Wait as long as Retry-After says, then send the same request with the same Idempotency-Key.',
  },
  internal_error: {
    status: 500,
    title: 'Something went wrong on our side',
    todo: 'Send the same request again with the same Idempotency-Key; tell your admin the request id if it stays.',
  },
  platform_failed: {
    status: 502,
    title: 'The platform did not do it',
    todo: 'Read what the platform said, mend it there, and try again.',
  },
  check_failed: {
    status: 503,
    title: 'A check could not run',
    todo: 'Nothing was stored. Send the same request again after Retry-After.',
  },
} as const satisfies Record<ProblemKind, { status: number; title: string; todo: string }>

export type StatusOf<K extends ProblemKind> = (typeof PROBLEMS)[K]['status']

/** The stable name of a problem type; the same on every installation. */
export const problemType = <K extends ProblemKind>(kind: K): `urn:tenure:problem:${K}` => `urn:tenure:problem:${kind}`

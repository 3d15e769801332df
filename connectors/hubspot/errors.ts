import { z } from 'zod'
import type { Json } from '../../core/domain/canonical.ts'
import type { Refusal } from '../http.ts'

/** HubSpot's error body: `{status: 'error', message, correlationId, category, …}`. Its message stays inside. */
const ErrorBody = z.object({
  category: z.string().max(100).optional().catch(undefined),
  policyName: z.string().optional().catch(undefined),
  errors: z
    .array(
      z.object({
        context: z.object({ requiredGranularScopes: z.array(z.string().max(200)).optional() }).optional(),
      }),
    )
    .optional()
    .catch(undefined),
})

const BY_CATEGORY: Readonly<Record<string, string>> = {
  VALIDATION_ERROR: 'HubSpot does not accept one of these values.',
  OBJECT_NOT_FOUND: 'HubSpot does not have this record any more.',
  CONFLICT: 'HubSpot already has a record like this.',
}

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'HubSpot does not accept one of these values.',
  404: 'HubSpot does not have this record any more.',
  409: 'HubSpot already has a record like this.',
  413: 'This is more than HubSpot takes at once.',
  415: 'HubSpot does not accept this kind of content.',
  423: 'HubSpot has locked this record for the moment.',
}

/** An account that used up its day asks again an hour later; a rolling limit asks again after its window. */
const DAILY_WAIT_MS = 3_600_000

/** A refusal in our words. */
export function readRefusal(status: number, body: Json | undefined): Refusal {
  const read = ErrorBody.safeParse(body)
  const { category, policyName, errors } = read.success ? read.data : {}
  const scopes = errors?.flatMap((error) => error.context?.requiredGranularScopes ?? [])
  return {
    providerCode: category ?? null,
    says: BY_CATEGORY[category ?? ''] ?? BY_STATUS[status] ?? 'HubSpot refused this.',
    scope: scopes?.[0] ?? null,
    waitMs: policyName === 'DAILY' ? DAILY_WAIT_MS : null,
  }
}

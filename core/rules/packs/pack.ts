import type { z } from 'zod'
import type { WrittenCase } from '../policy-test-case.ts'
import type { PolicySchema } from '../policy.ts'

/** A policy to start from. Amounts are minor units of a currency with cents. */
export type Pack = {
  readonly name: string
  /** For whom it is, in one sentence. */
  readonly says: string
  readonly policy: z.input<typeof PolicySchema>
  /** What it has to do: run with our own tests, and to be copied beside a policy that extends it. */
  readonly tests: readonly WrittenCase[]
}

/** Platforms that are installed may be used; one that is added later is named here before any pack lets it be. */
export const INSTALLED_PLATFORMS = { allow: ['hubspot.*', 'mailchimp.*'] }

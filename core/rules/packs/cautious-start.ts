import type { z } from 'zod'
import type { Pack } from '../packs.ts'
import type { PolicySchema } from '../policy.ts'

const policy = {
  amount: { ask_above: 5_000, cap: 50_000 },
} satisfies z.input<typeof PolicySchema>

export const cautiousStart: Pack = { name: 'cautious-start', says: 'x', policy, tests: [] }

import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Attribution } from '../../core/domain/trust/attribution-signal.ts'

/** The published numbers of the trust model, which lie beside the project and are not part of it. */
const FILE = resolve(import.meta.dirname, '../../../shared/design/trust-model.vectors.json')

/** False where the file is absent: tests that need it say so by name. */
export const hasTrustVectors = existsSync(FILE)

const attribution = z
  .union([z.enum(['not_applicable', 'pending']), z.object({ lift: z.number(), se: z.number() })])
  .transform(
    (given): Attribution =>
      typeof given === 'string' ? { kind: given } : { kind: 'estimate', lift: given.lift, standardError: given.se },
  )

const numbers = z.array(z.number())

const schema = z.object({
  tolerance: z.number(),
  constants: z.object({
    weights: z.record(z.string(), z.number()),
    grid: numbers,
    p0: z.object({ L3: z.number(), L4: z.number(), L5: z.number() }),
    highAutonomyDrop: z.number(),
    penaltyRepayCycles: z.number(),
    counts: z.object({ cycles: z.number(), L3: z.number(), L4: z.number(), L5: z.number() }),
    tiers: z.object({ notify: z.number(), autonomous: z.number() }),
    windowDays: z.number(),
    observeDays: z.number(),
    dependencyDays: z.number(),
  }),
  betaLcb: z.array(z.object({ approvals: z.number(), rejections: z.number(), lcb10: z.number() })),
  score: z.array(
    z.object({
      input: z.object({
        approvals: z.number(),
        rejections: z.number(),
        sumEditQuality: z.number(),
        sumSeverity: z.number(),
        sumTimeConfidence: z.number(),
        attribution,
      }),
      signals: z.object({
        approval: z.number(),
        edit: z.number(),
        severity: z.number(),
        time: z.number(),
        attribution: z.number().nullable(),
      }),
      score: z.number(),
    }),
  ),
  eProcess: z.array(
    z.object({
      p0: z.number(),
      outcomes: numbers,
      values: numbers,
      consecutiveSuccessesToReach: z.record(z.string(), z.number()),
    }),
  ),
  cusum: z.array(z.object({ f0: z.number(), h: z.number(), outcomes: numbers, values: numbers })),
  edit: z.array(
    z.object({
      before: z.string(),
      after: z.string(),
      tokens: z.tuple([z.number(), z.number()]),
      distance: z.number(),
      protectedChanged: z.boolean(),
      D: z.number(),
      q: z.number(),
      class: z.string(),
      y: z.number(),
    }),
  ),
  time: z.array(
    z.object({
      words: z.number(),
      activeSeconds: z.number(),
      expectedSeconds: z.number(),
      confidence: z.number(),
      rubberStamp: z.boolean(),
    }),
  ),
  attributionSignal: z.array(z.object({ lift: z.number(), se: z.number(), signal: z.number() })),
  highAutonomyRejection: z.object({
    before: z.number(),
    recomputed: z.number(),
    shown: z.number(),
    penalty: z.number(),
    after15CleanBase: z.number(),
    after15CleanShown: z.number(),
  }),
  transfer: z.array(
    z.object({
      sourceApprovals: z.number(),
      sourceRejections: z.number(),
      similarity: z.number(),
      ownApprovals: z.number(),
      pseudo: z.number(),
      sourceLcb: z.number(),
      lcb: z.number(),
      lcbWithout: z.number(),
    }),
  ),
  lift: z.object({ share: z.number(), fractions: numbers, treatedConversion: numbers, values: numbers }),
})

export type TrustVectors = z.infer<typeof schema>

/** Read at run time; nothing where the file is absent. */
export const trustVectors: TrustVectors | null = hasTrustVectors
  ? schema.parse(JSON.parse(readFileSync(FILE, 'utf8')))
  : null

/** What the test of a vector is called where it cannot run. */
export const WHERE_ABSENT = '(skipped where ../shared/design is absent)'

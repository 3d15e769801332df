import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { StoredPolicy, TrialRow } from '../ports/rows.ts'
import { findPack } from '../rules/packs.ts'
import { type PolicyFile, type PolicyProblem, readPolicy, readPolicyFile } from '../rules/policy-file.ts'
import { type PolicyDocument, PolicySchema } from '../rules/policy.ts'
import type { Context } from './dependencies.ts'
import type { Answer } from './gate.ts'
import type { Refusal } from './refusal.ts'

export type PolicyInForce = {
  readonly version: number
  readonly hash: string
  readonly document: PolicyDocument
  /** Versions that are on trial for one scope before the rest. */
  readonly trials: readonly TrialView[]
}

export type TrialView = Pick<TrialRow, 'id' | 'version' | 'byName' | 'at'> & { readonly when: object }

/** One version with its story. */
export type PolicyVersionView = {
  readonly version: number
  readonly hash: string
  readonly document: PolicyDocument
  readonly source: string | null
  readonly by: string
  readonly note: string | null
  readonly at: Date
  readonly isInForce: boolean
  /** It waits for a second person. */
  readonly waits: boolean
  readonly confirmedBy: readonly string[]
}

/** A version as it was just written, with what will not do what its author expects here. */
export type PolicySet = PolicyVersionView & { readonly warnings: readonly string[] }

export const versionView = (row: StoredPolicy, inForce: number): PolicyVersionView => ({
  version: row.version,
  hash: row.hash,
  document: PolicySchema.parse(row.document),
  source: row.source,
  by: row.byName,
  note: row.note,
  at: row.at,
  isInForce: row.version === inForce,
  waits: row.waits && row.confirmedBy.length === 0,
  confirmedBy: row.confirmedBy.map(({ byName }) => byName),
})

// safe: written from a When
export const trialView = ({ id, version, when, byName, at }: TrialRow): TrialView => ({
  id,
  version,
  when: when as object,
  byName,
  at,
})

/** The guardrails in force. */
export async function getPolicy(ctx: Context, actor: Actor): Answer<PolicyInForce> {
  const may = mayRead(actor)
  if (!may.ok) return may
  const { policy, trials } = await ctx.store.read(actor.workspaceId, (tx) => tx.snapshot())
  return ok({
    version: policy?.version ?? 0,
    hash: policy?.hash ?? '',
    document: PolicySchema.parse(policy?.document ?? {}),
    trials: trials.map(trialView),
  })
}

const MOST_LISTED = 200

/** The newest versions, those that wait for a second person included. */
export async function listPolicies(ctx: Context, actor: Actor): Answer<readonly PolicyVersionView[]> {
  const may = mayRead(actor)
  if (!may.ok) return may
  return await ctx.store.read(actor.workspaceId, async (tx) => {
    const { control } = await tx.snapshot()
    return ok((await tx.policies.list(MOST_LISTED)).map((row) => versionView(row, control.policyVersion)))
  })
}

export function mayRead(actor: Actor): Result<void, Refusal> {
  if (actor.kind === 'member') return ok(undefined)
  return err({ kind: 'not_permitted', why: 'Only members can read the policy.' })
}

export function mayChange(actor: Actor): Result<Extract<Actor, { kind: 'member' }>, Refusal> {
  if (actor.kind === 'member' && mayDo(actor.role, 'set_policy')) return ok(actor)
  return err({ kind: 'not_permitted', why: 'Only admins and owners can change the policy.' })
}

/** A policy as it came: the text of a file, or JSON. */
export function readGiven(raw: unknown): Result<PolicyFile, Refusal> {
  const read = typeof raw === 'string' ? readPolicyFile(raw, findPack) : readPolicy(raw, findPack)
  return read.ok ? read : err(malformedPolicy(read.error))
}

const malformedPolicy = (problems: readonly PolicyProblem[]): Refusal => ({
  kind: 'malformed',
  problems: problems.map(({ path, line, says }) => ({
    path: path === '' ? 'policy' : `policy.${path}`,
    says: line === null ? says : `Line ${line}: ${says}`,
  })),
})

import type { Actor } from '../domain/people.ts'
import { ok } from '../domain/result.ts'
import { loosened } from '../rules/loosened.ts'
import { type PolicyDifference, policyDifferences } from '../rules/policy-differences.ts'
import { type PolicyDocument, PolicySchema } from '../rules/policy.ts'
import { policyWarnings } from '../rules/policy-warnings.ts'
import { type CaseResult, runPolicyTests } from '../rules/policy-tests.ts'
import { compilePolicy } from '../rules/evaluate.ts'
import type { Context } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { installed } from './installed.ts'
import { mayChange, readGiven } from './policy-in-force.ts'
import { hashOf } from './set-policy.ts'

export type PolicyChecked = {
  readonly document: PolicyDocument
  readonly hash: string
  /** Against the version in force. */
  readonly differences: readonly PolicyDifference[]
  /** What only an owner may loosen, in words. */
  readonly needsOwner: readonly string[]
  /** What is no error, and will not do what its author expects here. */
  readonly warnings: readonly string[]
  readonly tests: readonly CaseResult[]
}

/** What a policy would change, who may put it in force, and how its own cases come out. Writes nothing. */
export async function checkPolicy(ctx: Context, actor: Actor, raw: unknown): Answer<PolicyChecked> {
  const may = mayChange(actor)
  if (!may.ok) return may
  const read = readGiven(raw)
  if (!read.ok) return read
  const { policy, workspace } = await ctx.store.read(actor.workspaceId, (tx) => tx.snapshot())
  const { document, tests } = read.value
  const before = PolicySchema.parse(policy?.document ?? {})
  const place = { zone: workspace.timeZone, locale: workspace.locale, currency: workspace.currency }
  return ok({
    document,
    hash: hashOf(document),
    differences: policyDifferences(before, document),
    needsOwner: loosened(before, document),
    warnings: policyWarnings(document, installed(ctx)),
    tests: runPolicyTests(compilePolicy(document), tests, ctx.kinds.all, place),
  })
}

import { canonicalJson, type Json } from '../domain/canonical.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { loosensApprovals } from '../rules/approvals-policy.ts'
import { type PolicyDocument, PolicySchema } from '../rules/policy.ts'
import { type Context, sha256, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import type { Refusal } from './refusal.ts'
import { written } from './written.ts'

export type PolicyInForce = { readonly version: number; readonly hash: string; readonly document: PolicyDocument }

/** The guardrails in force. */
export async function getPolicy(ctx: Context, actor: Actor): Answer<PolicyInForce> {
  if (actor.kind === 'agent') return err({ kind: 'not_permitted', why: 'Only members can read the policy.' })
  const { policy } = await ctx.store.read(actor.workspaceId, (tx) => tx.snapshot())
  return ok({
    version: policy?.version ?? 0,
    hash: policy?.hash ?? '',
    document: PolicySchema.parse(policy?.document ?? {}),
  })
}

/**
 * A new version of the guardrails. Everything in flight is looked at again (the epoch moves on in this transaction);
 * raising a cap needs an owner.
 */
export async function setPolicy(ctx: Context, actor: Actor, raw: unknown, note: string | null): Answer<PolicyInForce> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'set_policy'))
    return err({ kind: 'not_permitted', why: 'Only admins and owners can change the policy.' })
  const parsed = PolicySchema.safeParse(raw)
  if (!parsed.success) {
    return err({
      kind: 'malformed',
      problems: parsed.error.issues.map((issue) => ({ path: `policy.${issue.path.join('.')}`, says: issue.message })),
    })
  }
  const document = parsed.data
  return await transact<PolicyInForce, Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const { control, policy } = await tx.snapshot()
    const before = PolicySchema.parse(policy?.document ?? {})
    if (raisesCap(before, document) && !mayDo(actor.role, 'raise_cap'))
      return err({
        kind: 'not_permitted',
        why: 'Only an owner can raise or remove a cap, lower a price that caps count with, or let fewer people decide.',
      })
    const version = control.policyVersion + 1
    // safe: parsed from JSON by the schema above
    const hash = sha256(canonicalJson(document as Json))
    await tx.insertPolicy({ version, document, hash, byName: actor.name, note, at: tx.now })
    await tx.bumpEpoch(version)
    await tx.appendEvent({
      subject: 'policy',
      subjectVersion: await tx.nextSubjectVersion('policy'),
      type: 'policy_set',
      body: { version, hash, by: actor.id },
      ...written(note),
    })
    return ok({ version, hash, document })
  })
}

/** A cap can be raised by its number, by making what it counts cheaper, and by letting people pass themselves. */
function raisesCap(before: PolicyDocument, after: PolicyDocument): boolean {
  const higher = (was: number | undefined, is: number | undefined): boolean =>
    was !== undefined && (is === undefined || is > was)
  const cheaper = Object.entries(before.cost_per_person ?? {}).some(
    ([kind, was]) => (after.cost_per_person?.[kind] ?? 0) < was,
  )
  const ownApproval = (after.own_approval_below ?? 0) > (before.own_approval_below ?? 0)
  return (
    higher(before.amount?.cap, after.amount?.cap) ||
    higher(before.budget?.day.cap, after.budget?.day.cap) ||
    cheaper ||
    ownApproval ||
    loosensApprovals(before.approvals, after.approvals)
  )
}

import { canonicalJson, type Json } from '../domain/canonical.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import type { StoredPolicy } from '../ports/rows.ts'
import { loosened } from '../rules/loosened.ts'
import { type PolicyDocument, PolicySchema } from '../rules/policy.ts'
import { policyWarnings } from '../rules/policy-warnings.ts'
import { type When, WhenSchema } from '../rules/scope.ts'
import { type Context, type Move, sha256, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { installed } from './installed.ts'
import { mayChange, type PolicySet, type PolicyVersionView, readGiven, versionView } from './policy-in-force.ts'
import type { Refusal } from './refusal.ts'
import { refuseOwnVersion } from './own-version.ts'
import { endLooserTrials } from './end-looser-trials.ts'
import { seedBudgets } from './seed-budgets.ts'
import { written } from './written.ts'

type Member = Extract<Actor, { kind: 'member' }>

/**
 * A new version of the guardrails: in force at once, on trial for one scope (`only`), or, where changes need a second
 * person, kept until one agrees. Everything in flight is looked at again (the epoch moves on in this transaction).
 * Loosening a cap needs an owner.
 */
export async function setPolicy(
  ctx: Context,
  actor: Actor,
  raw: unknown,
  note: string | null,
  only: unknown = null,
): Answer<PolicySet> {
  const may = mayChange(actor)
  if (!may.ok) return may
  const read = readGiven(raw)
  if (!read.ok) return read
  const when = only === null ? null : WhenSchema.safeParse(only)
  if (when !== null && !when.success) {
    const problems = when.error.issues.map(({ path, message }) => ({ path: `only.${path.join('.')}`, says: message }))
    return err({ kind: 'malformed', problems })
  }
  const given = { document: read.value.document, source: typeof raw === 'string' ? raw : null, note }
  const kept = await transact<PolicyVersionView, Refusal>(ctx, actor.workspaceId, (tx) =>
    keepVersion(ctx, tx, may.value, given, when?.data ?? null),
  )
  if (!kept.ok) return kept
  return ok({ ...kept.value, warnings: policyWarnings(given.document, installed(ctx)) })
}

/** Puts an earlier version in force again, as a new one: nothing of what was is taken out of the story. */
export async function rollBackPolicy(
  ctx: Context,
  actor: Actor,
  version: number,
  note: string | null,
): Answer<PolicyVersionView> {
  const may = mayChange(actor)
  if (!may.ok) return may
  return await transact<PolicyVersionView, Refusal>(ctx, actor.workspaceId, async (tx) => {
    const earlier = await tx.policies.load(version)
    if (!earlier) return err({ kind: 'not_found', what: `version ${version} of the policy` })
    const says = note ?? `Back to version ${version}`
    const document = PolicySchema.parse(earlier.document)
    return await keepVersion(ctx, tx, may.value, { document, source: earlier.source, note: says }, null)
  })
}

/** A second person agrees to a version that waits for one; from then on it is in force. */
export async function confirmPolicy(ctx: Context, actor: Actor, version: number): Answer<PolicyVersionView> {
  const may = mayChange(actor)
  if (!may.ok) return may
  return await transact<PolicyVersionView, Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const row = await tx.policies.load(version)
    if (!row) return err({ kind: 'not_found', what: `version ${version} of the policy` })
    const { control, policy, trials } = await tx.snapshot()
    // Nothing is left to agree to.
    if (row.version === control.policyVersion) return ok(versionView(row, row.version))
    if (!row.waits || row.confirmedBy.length > 0)
      return err({ kind: 'not_found', what: 'a version that waits for a second person' })
    const own = refuseOwnVersion(await tx.snapshot(), may.value, row, tx.now)
    if (own) return err(own)
    if (row.version < control.policyVersion)
      return err({
        kind: 'not_permitted',
        why: `Version ${control.policyVersion} came into force since. Propose this one again.`,
      })
    const document = PolicySchema.parse(row.document)
    const refused = refuseLoosening(may.value, PolicySchema.parse(policy?.document ?? {}), document)
    if (refused) return err(refused)
    const confirmed = { byId: may.value.id, byName: actor.name, at: tx.now }
    await tx.policies.confirm(version, confirmed)
    // What was on trial alone holds everywhere from now on.
    for (const trial of trials.filter(({ hash }) => hash === row.hash))
      await tx.policies.endTrial(trial.id, { by: actor.name, at: tx.now, outcome: 'promoted' })
    await putInForce(ctx, tx, actor, version, document)
    await tell(tx, 'policy_confirmed', { version, hash: row.hash, by: actor.id }, null)
    return ok(versionView({ ...row, confirmedBy: [confirmed] }, version))
  })
}

type Given = { readonly document: PolicyDocument; readonly source: string | null; readonly note: string | null }

async function keepVersion(ctx: Context, tx: Move, actor: Member, given: Given, when: When | null) {
  await tx.lockControl('configure')
  const { control, policy, trials } = await tx.snapshot()
  const before = PolicySchema.parse(policy?.document ?? {})
  const refused = refuseLoosening(actor, before, given.document)
  if (refused) return err(refused)
  const [newest] = await tx.policies.list(1)
  const waits = before.policy_changes?.second_person === true
  if (waits && when !== null)
    return err<Refusal>({
      kind: 'not_permitted',
      why: 'Changes need a second person first; put it on trial once somebody agreed.',
    })
  const row: StoredPolicy = {
    ...given,
    version: Math.max(control.policyVersion, newest?.version ?? 0) + 1,
    hash: hashOf(given.document),
    byId: actor.id,
    byName: actor.name,
    at: tx.now,
    waits,
    confirmedBy: [],
  }
  const { confirmedBy: _none, ...insert } = row
  await tx.policies.insert(insert)
  const { version, hash } = row
  const body = { version, hash, by: actor.id }
  if (waits) {
    await tell(tx, 'policy_proposed', body, given.note)
  } else if (when === null) {
    await putInForce(ctx, tx, actor, version, given.document)
    await tell(tx, 'policy_set', body, given.note)
  } else {
    const id = ctx.newId('ptr')
    const trial = { id, version, when, byName: actor.name, at: tx.now }
    const held = [...trials, { ...trial, document: given.document, hash }]
    await seedBudgets(ctx, tx, { document: before, trials: held })
    await tx.policies.insertTrial({ ...trial, byId: actor.id })
    await tx.bumpEpoch()
    await tell(tx, 'policy_trial_started', { ...body, trial: id, when }, given.note)
  }
  return ok(versionView(row, waits || when !== null ? control.policyVersion : version))
}

/** From here on it holds; what is in flight is looked at again, and new budgets know what was spent before them. */
export async function putInForce(
  ctx: Context,
  tx: Move,
  by: Pick<Actor, 'id' | 'name'>,
  version: number,
  document: PolicyDocument,
): Promise<void> {
  const { policy } = await tx.snapshot()
  await endLooserTrials(tx, by, PolicySchema.parse(policy?.document ?? {}), document)
  const { trials } = await tx.snapshot()
  await seedBudgets(ctx, tx, { document, trials: trials.filter((trial) => trial.version !== version) })
  await tx.bumpEpoch(version)
}

export async function tell(
  tx: Move,
  type: string,
  body: { readonly [key: string]: Json },
  note: string | null,
): Promise<void> {
  await tx.appendEvent({
    subject: 'policy',
    subjectVersion: await tx.nextSubjectVersion('policy'),
    type,
    body,
    ...written(note),
  })
}

export function refuseLoosening(actor: Member, before: PolicyDocument, after: PolicyDocument): Refusal | null {
  const loose = loosened(before, after)
  if (loose.length === 0 || mayDo(actor.role, 'raise_cap')) return null
  return { kind: 'not_permitted', why: `Only an owner can loosen or remove ${loose.join(', ')}.` }
}

// safe: parsed from JSON by the schema
export const hashOf = (document: PolicyDocument): string => sha256(canonicalJson(document as Json))

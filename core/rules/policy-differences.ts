import diff from 'microdiff'
import type { PolicyDocument } from './policy.ts'

/** One difference between two policies: where, and what it was and is; null: nothing was, or is, there. */
export type PolicyDifference = { readonly path: string; readonly was: string | null; readonly is: string | null }

/** What another version says otherwise, in the order of the files. */
export const policyDifferences = (before: PolicyDocument, after: PolicyDocument): readonly PolicyDifference[] =>
  diff(before, after).map((change) => ({
    path: change.path.join('.'),
    was: change.type === 'CREATE' ? null : shown(change.oldValue),
    is: change.type === 'REMOVE' ? null : shown(change.value),
  }))

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

import { canonicalJson } from '../domain/canonical.ts'
import type { CellKey } from '../domain/trust/trust-record.ts'
import type { ActionRow, StoredAction } from '../ports/rows.ts'
import { sha256 } from './dependencies.ts'

const DIGITS = 16

const digest = (...parts: readonly (string | null)[]): string => sha256(canonicalJson(parts)).slice(0, DIGITS)

/**
 * The cell that an agent's action belongs to. Another agent, model or prompt family is another version; the family of a
 * prompt is what stands before an `@` in its name (`recall@7`), and what follows is only its wording.
 */
export const cellOf = ({ action, payload }: StoredAction): CellKey => ({
  scope: payload.scope,
  scenario: action.scenario,
  agentVersion: versionOf(action),
})

/** The version of the agent that proposed it. */
export const versionOf = (action: Pick<ActionRow, 'proposerId' | 'fingerprint'>): string =>
  digest(action.proposerId, action.fingerprint['model'] ?? null, promptFamily(action))

/** How its agent was worded: the whole names of prompt and template. */
export const wordingOf = ({ fingerprint }: Pick<ActionRow, 'fingerprint'>): string =>
  digest(fingerprint['prompt'] ?? null, fingerprint['template'] ?? null)

const promptFamily = ({ fingerprint }: Pick<ActionRow, 'fingerprint'>): string | null =>
  fingerprint['prompt']?.split('@')[0] ?? null

import type { ShownTrust } from '../views/trust-block-id.ts'
import { syncTrustCard } from '../sync-trust-card.ts'
import type { Press } from './press.ts'

/** At once, for the one who pressed; where Slack wants us to wait, the job that the gate queued draws it. */
export async function redrawTrust({ deps, workspace, shown }: Press<ShownTrust>): Promise<void> {
  const drawn = await syncTrustCard(deps, workspace.id, shown.subject)
  if (drawn.kind !== 'done') deps.log('info', 'slack: a card is drawn later', { result: drawn.kind })
}

import { unreachable } from './result.ts'

export type EventName = { readonly subject: string; readonly version: number }

/** Every way in which a ledger was found to be tampered with. */
export type Finding =
  | { readonly kind: 'event_changed'; readonly event: EventName; readonly batch: number | null; readonly what: string }
  | { readonly kind: 'event_deleted'; readonly batch: number; readonly after: EventName | null }
  | { readonly kind: 'event_inserted'; readonly event: EventName; readonly batch: number }
  | { readonly kind: 'events_swapped'; readonly batch: number; readonly one: EventName; readonly other: EventName }
  | { readonly kind: 'version_missing'; readonly subject: string; readonly from: number; readonly to: number }
  | { readonly kind: 'version_twice'; readonly event: EventName }
  | { readonly kind: 'detail_changed'; readonly event: EventName }
  | { readonly kind: 'seal_changed'; readonly batch: number; readonly what: string }
  | { readonly kind: 'signature_forged'; readonly batch: number }
  | { readonly kind: 'other_key'; readonly batch: number; readonly key: string }
  | { readonly kind: 'seals_missing'; readonly from: number; readonly to: number }
  | { readonly kind: 'seal_out_of_place'; readonly batch: number }
  | { readonly kind: 'cut_off'; readonly last: number; readonly kept: number }
  | { readonly kind: 'head_not_found'; readonly head: string; readonly batch: number | null }

const name = ({ subject, version }: EventName): string => `${subject} version ${version}`

/** One sentence that says what was found, and where. */
export function findingWords(finding: Finding): string {
  switch (finding.kind) {
    case 'event_changed': {
      const where = finding.batch === null ? 'not sealed yet' : `batch ${finding.batch}`
      return `Changed event: ${name(finding.event)} (${where}): ${finding.what}.`
    }
    case 'event_deleted':
      return `Deleted event: batch ${finding.batch} held an event ${finding.after ? `after ${name(finding.after)}` : 'at its beginning'} that is gone.`
    case 'event_inserted':
      return `Inserted event: ${name(finding.event)} stands in batch ${finding.batch}, which was sealed without it.`
    case 'events_swapped':
      return `Swapped events: ${name(finding.one)} and ${name(finding.other)} stand in each other’s place in batch ${finding.batch}.`
    case 'version_missing':
      return `Missing event: ${finding.subject} has no version ${finding.from === finding.to ? finding.from : `${finding.from} to ${finding.to}`}.`
    case 'version_twice':
      return `Doubled event: ${name(finding.event)} is there more than once.`
    case 'detail_changed':
      return `Changed detail: what people wrote at ${name(finding.event)} is not what the event was sealed with.`
    case 'seal_changed':
      return `Changed seal: batch ${finding.batch}: ${finding.what}.`
    case 'signature_forged':
      return `Forged signature: the seal of batch ${finding.batch} was not signed by the key that it names.`
    case 'other_key':
      return `Other key: the seal of batch ${finding.batch} is signed by the key ${finding.key}, and no adoption says why.`
    case 'seals_missing':
      return `Missing seals: ${finding.from === finding.to ? `batch ${finding.from} is` : `batches ${finding.from} to ${finding.to} are`} gone.`
    case 'seal_out_of_place':
      return `Seal out of place: that of batch ${finding.batch} does not follow the one before it.`
    case 'cut_off':
      return `Cut off: a head of batch ${finding.kept} was given out, but the ledger ends at batch ${finding.last}.`
    case 'head_not_found': {
      const which = finding.batch === null ? 'No seal has' : `Batch ${finding.batch} does not have`
      return `Rewritten or cut off: ${which} the head ${finding.head.slice(0, 16)}… that was kept.`
    }
    default:
      return unreachable(finding)
  }
}

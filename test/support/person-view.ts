import type { PersonView } from '../../core/gate/export-person.ts'
import { actionView, AT, LATER } from './views.ts'

const action = actionView().id

/** What is kept of a person to whom one message went. */
export const personView: PersonView = {
  identifiers: [{ kind: 'email', seenAt: AT }],
  standing: [{ channel: 'email', standing: 'given', at: AT }],
  consents: [{ channel: 'email', standing: 'given', source: 'Sign-up form', at: AT, recordedAt: AT }],
  suppressions: [{ kind: 'email', channel: null, reason: 'asked', at: AT, liftedAt: LATER }],
  exposures: [{ actionId: action, kind: 'mailchimp.campaign.send', state: 'executed', channel: 'email', at: AT }],
  namedIn: [{ actionId: action, kind: 'mailchimp.member.upsert', state: 'settled', at: AT }],
}

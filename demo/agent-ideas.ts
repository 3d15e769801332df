import { claim } from './claim.ts'
import type { HubSpotState, MailchimpState, Seen } from './platforms.ts'

const NEXT_STAGE: Readonly<Record<string, string>> = {
  subscriber: 'lead',
  lead: 'opportunity',
  opportunity: 'customer',
}

export type Ideas = ReturnType<typeof ideasFrom>

/** What the practice's agent reads in both platforms before it proposes anything, so that the demo can be repeated. */
export function ideasFrom({ hubspot, mailchimp }: Seen) {
  const free = freshContacts(hubspot)
  const list = Object.entries(hubspot.lists).find(([, { name }]) => name.startsWith('Recall due'))
  const audience = Object.entries(mailchimp.lists)[0]
  claim(list !== undefined && audience !== undefined, 'The stand-ins do not hold the practice’s lists.')
  const [listId, { members }] = list
  const segment = Object.values(audience[1].segments).find(({ name }) => name === 'Recall due')
  claim(segment !== undefined, 'The stand-in for Mailchimp has no segment “Recall due”.')
  return {
    /** Each contact moves one stage on. */
    stages: [free.take(canMove), free.take(canMove)].map(({ id, properties }) => ({
      contactId: id,
      stage: NEXT_STAGE[properties['lifecyclestage'] ?? ''] ?? '',
    })),
    tasksFor: [free.take(), free.take()].map(({ id }) => id),
    noteFor: free.take().id,
    toList: { listId, contactIds: [free.take(notIn(members)), free.take(notIn(members))].map(({ id }) => id) },
    phoneFor: free.take().id,
    /** Whose details the agent looks after for three mornings, until it has earned more. */
    smallFor: Array.from({ length: 10 }, () => free.take().id),
    /** Whoever holds the tag for new patients although they came more than once. */
    tagged: withTag(mailchimp, audience[0], 'New patient', 3),
    audienceId: audience[0],
    segmentId: segment.id,
  }
}

const canMove = ({ properties }: { properties: Readonly<Record<string, string>> }): boolean =>
  (properties['lifecyclestage'] ?? '') in NEXT_STAGE

const notIn =
  (members: Readonly<Record<string, string>>) =>
  ({ id }: { id: string }): boolean =>
    !(id in members)

type Contact = HubSpotState['contacts'][string]

/** Every contact is used once, so that each effect belongs to one proposal. */
function freshContacts({ contacts }: HubSpotState) {
  const left = Object.values(contacts).filter(({ archived }) => !archived)
  return {
    take(fits: (contact: Contact) => boolean = () => true): Contact {
      const [found] = left.splice(left.findIndex(fits), 1)
      claim(found !== undefined && fits(found), USED_UP)
      return found
    },
  }
}

function withTag({ lists }: MailchimpState, listId: string, tag: string, count: number): readonly string[] {
  const members = Object.values(lists[listId]?.members ?? {})
  const found = members.filter(({ status, tags }) => status === 'subscribed' && tags.includes(tag)).slice(0, count)
  claim(found.length === count, USED_UP)
  return found.map(({ email }) => email)
}

const USED_UP = 'The stand-ins were used up by earlier demos. Start the gate again: they begin anew with it.'

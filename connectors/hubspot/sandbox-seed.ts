/** The state of a stand-in HubSpot account: plain data, read and changed by tests directly. */
export type HubSpotState = {
  contacts: Record<string, SandboxRecord>
  notes: Record<string, SandboxEngagement>
  tasks: Record<string, SandboxEngagement>
  lists: Record<string, SandboxList>
}

export type SandboxRecord = {
  id: string
  properties: Record<string, string>
  createdAt: string
  updatedAt: string
  archived: boolean
  /** What `hs_email_optout` was, the oldest first; absent: it was never set. */
  optOuts?: { value: string; timestamp: string }[]
  /** What `email` was, the oldest first; absent: since it was made what it is. */
  emails?: { value: string; timestamp: string }[]
}

export type SandboxEngagement = SandboxRecord & { contactIds: string[] }

export type SandboxList = {
  listId: string
  name: string
  processingType: 'MANUAL' | 'DYNAMIC'
  /** When each contact joined, by its id. */
  members: Record<string, string>
}

const SEEDED_AT = '2026-01-05T08:00:00.000Z'
const STAGES = ['subscriber', 'lead', 'opportunity', 'customer', 'customer'] as const

/** A dental practice's account: 25 contacts (101 to 125), two static lists and one that fills itself. */
export function seedHubSpot(): HubSpotState {
  const contacts: Record<string, SandboxRecord> = {}
  for (let number = 1; number <= 25; number += 1) {
    const id = String(100 + number)
    const two = String(number).padStart(2, '0')
    contacts[id] = {
      id,
      properties: {
        email: `patient-${two}@example.com`,
        firstname: 'Patient',
        lastname: two,
        lifecyclestage: STAGES[number % STAGES.length] ?? 'lead',
        ...(number % 3 === 0 && { phone: `+1 555 01${two}` }),
      },
      createdAt: SEEDED_AT,
      updatedAt: SEEDED_AT,
      archived: false,
    }
  }
  const joined = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, SEEDED_AT]))
  return {
    contacts,
    notes: {},
    tasks: {},
    lists: {
      '11': {
        listId: '11',
        name: 'Recall due this spring',
        processingType: 'MANUAL',
        members: joined(['101', '102', '103', '104', '105']),
      },
      '12': { listId: '12', name: 'Whitening interest', processingType: 'MANUAL', members: joined(['110', '111']) },
      '13': {
        listId: '13',
        name: 'All customers',
        processingType: 'DYNAMIC',
        members: joined(
          Object.values(contacts).flatMap((c) => (c.properties.lifecyclestage === 'customer' ? [c.id] : [])),
        ),
      },
    },
  }
}

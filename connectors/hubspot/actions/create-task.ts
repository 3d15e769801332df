import { z } from 'zod'
import { instant, quoted } from '../../words.ts'
import { defineHubSpotKind } from '../connector.ts'
import { ContactId, contactIdWords, contactIsThere } from '../contact-fields.ts'
import {
  createEngagement,
  EngagementAfter,
  EngagementBefore,
  engagementBefore,
  findEngagement,
  undoEngagement,
} from '../engagements.ts'

const TaskInput = z.strictObject({
  contactId: ContactId,
  subject: z.string().min(1).max(200),
  body: z.string().max(65_536).optional(),
  dueAt: z.iso.datetime({ offset: true }),
  priority: z.enum(['LOW', 'MEDIUM', 'HIGH']).optional(),
  ownerId: z
    .string()
    .regex(/^\d{1,20}$/, 'must be the number of a HubSpot owner')
    .optional(),
})

const PRIORITIES = { LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High' }

function propertiesOf(input: z.infer<typeof TaskInput>): Record<string, string> {
  return {
    hs_task_subject: input.subject,
    hs_timestamp: new Date(input.dueAt).toISOString(),
    hs_task_status: 'NOT_STARTED',
    ...(input.body !== undefined && { hs_task_body: input.body }),
    ...(input.priority !== undefined && { hs_task_priority: input.priority }),
    ...(input.ownerId !== undefined && { hubspot_owner_id: input.ownerId }),
  }
}

/** Sets a task about a contact for somebody of the team. */
export const createTask = defineHubSpotKind({
  id: 'hubspot.task.create',
  title: 'Set a task about a contact',
  category: 'crm_update',
  channel: 'crm',
  risk: 'low',
  effect: { repeat: 'unsafe', undo: 'compensating' },
  reachesPeople: false,
  scopes: ['crm.objects.contacts.read', 'crm.objects.contacts.write'],
  timeoutMs: 15_000,
  settlesAfterMs: 30_000,
  authoritative: false,
  input: TaskInput,
  fields: {
    contactId: contactIdWords,
    subject: { label: 'Task' },
    body: { label: 'Details', long: true },
    dueAt: { label: 'Due' },
    priority: { label: 'Priority', options: PRIORITIES },
    ownerId: { label: 'Owner', help: 'Number of the HubSpot owner who gets the task' },
  },
  before: EngagementBefore,
  after: EngagementAfter,

  preview: (input) => ({
    title: `your team gets the task ${quoted(input.subject)}`,
    done: `your team got the task ${quoted(input.subject)}`,
    lines: [
      { label: 'Contact', value: input.contactId },
      { label: 'Due', value: instant(input.dueAt) },
      ...(input.priority === undefined ? [] : [{ label: 'Priority', value: PRIORITIES[input.priority] }]),
      ...(input.body === undefined ? [] : [{ label: 'Details', value: input.body }]),
    ],
  }),

  preflight: ({ contactId }, hubspot) => contactIsThere(hubspot, contactId),
  beforeState: ({ contactId }, hubspot) => engagementBefore('tasks', contactId, hubspot),
  run: (input, _before, hubspot) => createEngagement('tasks', input.contactId, propertiesOf(input), hubspot),
  lookUp: (input, before, hubspot) => findEngagement('tasks', input.contactId, propertiesOf(input), before, hubspot),
  undo: undoEngagement('tasks', { hs_task_subject: 'Task', hs_timestamp: 'Due', hs_task_status: 'Status' }),
})

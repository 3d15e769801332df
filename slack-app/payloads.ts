import { z } from 'zod'
import { ShownSchema } from './views/block-id.ts'

const TeamId = z.string().regex(/^[TE][A-Z0-9]{1,30}$/)
const UserId = z.string().regex(/^[UW][A-Z0-9]{1,30}$/)
const ChannelId = z.string().regex(/^[CDG][A-Z0-9]{1,30}$/)
const Ts = z.string().regex(/^\d{1,12}\.\d{1,6}$/)

const Team = z.object({ id: TeamId })
const User = z.object({ id: UserId })

const PressedElement = z.object({
  type: z.string(),
  action_id: z.string().max(255),
  block_id: z.string().max(255),
  value: z.string().max(2_000).optional(),
  selected_option: z.object({ value: z.string().max(2_000) }).nullish(),
})

/** A press of a button or a choice in a message. */
export const PressSchema = z.object({
  type: z.literal('block_actions'),
  team: Team,
  user: User,
  trigger_id: z.string().max(500),
  response_url: z.url().optional(),
  channel: z.object({ id: ChannelId }).optional(),
  container: z
    .object({ message_ts: Ts.optional(), thread_ts: Ts.optional(), is_ephemeral: z.boolean().optional() })
    .optional(),
  actions: z.array(PressedElement).min(1).max(1),
})
export type PressPayload = z.infer<typeof PressSchema>

const EnteredElement = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).optional(),
  selected_date_time: z.number().int().nullish(),
})

/** A submitted modal. */
export const SubmissionSchema = z.object({
  type: z.literal('view_submission'),
  team: Team,
  user: User,
  view: z.object({
    id: z.string().max(255),
    callback_id: z.string().max(255),
    private_metadata: z.string().max(3_000),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), EnteredElement)) }),
  }),
})
export type SubmissionPayload = z.infer<typeof SubmissionSchema>

/** A slash command; Slack sends it as a form. */
export const CommandSchema = z.object({
  command: z.string().max(80),
  text: z.string().max(4_000).default(''),
  team_id: TeamId,
  user_id: UserId,
  channel_id: ChannelId,
  response_url: z.url(),
})
export type CommandPayload = z.infer<typeof CommandSchema>

const OtherInteractionSchema = z.object({
  type: z.enum(['view_closed', 'shortcut', 'message_action', 'block_suggestion']),
})
export const InteractionSchema = z.union([PressSchema, SubmissionSchema, OtherInteractionSchema])

export const EventSchema = z.union([
  z.object({ type: z.literal('url_verification'), challenge: z.string().max(1_000) }),
  z.object({
    type: z.literal('event_callback'),
    event_id: z.string().min(1).max(255),
    team_id: TeamId,
    event: z.object({ type: z.string().max(100) }),
  }),
])

/** What a modal remembers of the card that opened it. */
export const ModalMetadataSchema = z.object({
  shown: ShownSchema,
  channel: ChannelId.nullable(),
  thread: Ts.nullable(),
})
export type ModalMetadata = z.infer<typeof ModalMetadataSchema>

/** Writes what `ModalMetadataSchema` reads; the block id goes as it stood on the card. */
export const modalMetadata = (blockId: string, channel: string | null, thread: string | null): string =>
  JSON.stringify({ shown: blockId, channel, thread })

/** JSON from outside; null where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

import { z } from 'zod'

/*
 * Slack's rules for blocks as documented, written down a second time on purpose: the stand-in judges what the views
 * draw, so it must not share their numbers.
 */
const text = (max: number) => z.string().min(1).max(max)
const Plain = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(max), emoji: z.boolean().optional() })
const Markup = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: text(max), verbatim: z.boolean().optional() })
const AnyText = (max: number) => z.discriminatedUnion('type', [Plain(max), Markup(max)])

const Id = z.string().min(1).max(255)
const Choice = z.strictObject({
  text: AnyText(75),
  value: z.string().min(1).max(75),
  description: Plain(75).optional(),
})
const PlainChoice = z.strictObject({
  text: Plain(75),
  value: z.string().min(1).max(75),
  description: Plain(75).optional(),
})

const Confirm = z.strictObject({ title: Plain(100), text: AnyText(300), confirm: Plain(30), deny: Plain(30) })
const base = { action_id: Id, confirm: Confirm.optional(), focus_on_load: z.boolean().optional() }

const Button = z.strictObject({
  type: z.literal('button'),
  ...base,
  text: Plain(75),
  value: z.string().max(2000).optional(),
  url: z.string().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(75).optional(),
})
const Overflow = z.strictObject({ type: z.literal('overflow'), ...base, options: z.array(PlainChoice).min(1).max(5) })
const Select = z.strictObject({
  type: z.literal('static_select'),
  ...base,
  placeholder: Plain(150).optional(),
  options: z.array(PlainChoice).min(1).max(100),
  initial_option: PlainChoice.optional(),
})
const Checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...base,
  options: z.array(Choice).min(1).max(10),
  initial_options: z.array(Choice).min(1).max(10).optional(),
})
const Radio = z.strictObject({
  type: z.literal('radio_buttons'),
  ...base,
  options: z.array(Choice).min(1).max(10),
  initial_option: Choice.optional(),
})
const DateTime = z.strictObject({
  type: z.literal('datetimepicker'),
  ...base,
  // Slack wants ten digits.
  initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
})
const TextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...base,
  multiline: z.boolean().optional(),
  placeholder: Plain(150).optional(),
  initial_value: z.string().max(3000).optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
})
const NumberInput = z.strictObject({
  type: z.literal('number_input'),
  ...base,
  is_decimal_allowed: z.boolean(),
  initial_value: z.string().optional(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
})
const EmailInput = z.strictObject({
  type: z.literal('email_text_input'),
  ...base,
  initial_value: z.string().optional(),
  placeholder: Plain(150).optional(),
})

const ActionElement = z.discriminatedUnion('type', [Button, Overflow, Select, Checkboxes, Radio, DateTime])
const InputElement = z.discriminatedUnion('type', [
  TextInput,
  NumberInput,
  EmailInput,
  Select,
  Checkboxes,
  Radio,
  DateTime,
])
const Picture = { type: z.literal('image'), image_url: z.url().max(3000), alt_text: text(2000) }

export const BlockSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), block_id: Id.optional(), text: Plain(150) }),
  z
    .strictObject({
      type: z.literal('section'),
      block_id: Id.optional(),
      text: AnyText(3000).optional(),
      fields: z.array(AnyText(2000)).min(1).max(10).optional(),
      accessory: z.union([ActionElement, z.strictObject(Picture)]).optional(),
    })
    .refine((section) => section.text !== undefined || section.fields !== undefined, 'a section needs text or fields'),
  z.strictObject({
    type: z.literal('context'),
    block_id: Id.optional(),
    elements: z
      .array(z.union([AnyText(2000), z.strictObject(Picture)]))
      .min(1)
      .max(10),
  }),
  z.strictObject({ type: z.literal('divider'), block_id: Id.optional() }),
  z.strictObject({ ...Picture, block_id: Id.optional(), title: Plain(2000).optional() }),
  z.strictObject({
    type: z.literal('actions'),
    block_id: Id.optional(),
    elements: z.array(ActionElement).min(1).max(25),
  }),
  z.strictObject({
    type: z.literal('input'),
    block_id: Id.optional(),
    label: Plain(2000),
    hint: Plain(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
    element: InputElement,
  }),
])

export type SandboxBlock = z.infer<typeof BlockSchema>
export type SandboxElement = z.infer<typeof ActionElement> | z.infer<typeof InputElement>

/** Everything that can be pressed or filled in, with the block that it stands in. */
export function elementsOf(block: SandboxBlock): readonly SandboxElement[] {
  switch (block.type) {
    case 'actions':
      return block.elements
    case 'input':
      return [block.element]
    case 'section':
      return block.accessory === undefined || block.accessory.type === 'image' ? [] : [block.accessory]
    case 'header':
    case 'context':
    case 'divider':
    case 'image':
      return []
  }
}

function unique(blocks: readonly SandboxBlock[]): boolean {
  const ids = blocks.flatMap((block) => block.block_id ?? [])
  if (new Set(ids).size !== ids.length) return false
  return blocks.every((block) => {
    const actions = elementsOf(block).map((element) => element.action_id)
    return new Set(actions).size === actions.length
  })
}

const selected = (blocks: readonly SandboxBlock[]): boolean =>
  blocks.flatMap(elementsOf).every((element) => {
    if (element.type !== 'static_select' || element.initial_option === undefined) return true
    return element.options.some((one) => JSON.stringify(one) === JSON.stringify(element.initial_option))
  })

const BlocksSchema = z
  .array(BlockSchema)
  .refine(unique, 'block_ids and action_ids must be unique')
  .refine(selected, 'initial_option must be one of the options')

/** The blocks of a message. Slack refuses the message as a whole when one of them breaks a rule. */
export const MessageBlocksSchema = BlocksSchema.max(50)
  .refine((blocks) => blocks.every((block) => block.type !== 'input'), 'no input blocks in messages')
  // Slack's own limit is not documented; it is seen a little above this.
  .refine((blocks) => JSON.stringify(blocks).length <= 13_200, 'blocks too long')

export const ViewSchema = z
  .strictObject({
    type: z.literal('modal'),
    title: Plain(24),
    submit: Plain(24).optional(),
    close: Plain(24).optional(),
    blocks: BlocksSchema.max(100),
    callback_id: z.string().max(255).optional(),
    private_metadata: z.string().max(3000).optional(),
    external_id: z.string().max(255).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  })
  .refine(
    (view) => view.submit !== undefined || view.blocks.every((block) => block.type !== 'input'),
    'a modal with inputs needs submit',
  )
export type SandboxView = z.infer<typeof ViewSchema>

import type { types } from '@slack/bolt'
import { type Block, context, type Message, type Modal, plain } from './blocks.ts'

/** Slack's documented limits; a message or modal that breaks one is refused as a whole. */
export const LIMITS = {
  messageBlocks: 50,
  modalBlocks: 100,
  messageText: 3_000,
  /** Not documented as a number: Slack answers `msg_blocks_too_long` somewhere above 13,000 characters. */
  messageSize: 12_000,
  header: 150,
  section: 3_000,
  field: 2_000,
  fields: 10,
  contextElements: 10,
  contextText: 2_000,
  actionElements: 25,
  id: 255,
  buttonText: 75,
  buttonValue: 2_000,
  buttonUrl: 3_000,
  optionText: 75,
  optionValue: 75,
  selectOptions: 100,
  overflowOptions: 5,
  boxes: 10,
  placeholder: 150,
  altText: 2_000,
  inputLabel: 2_000,
  inputHint: 2_000,
  inputValue: 3_000,
  modalTitle: 24,
  metadata: 3_000,
} as const

const NOTHING = '–'

/** Shortens markup without cutting an entity, a link or a character in half; never empty, for Slack refuses that. */
export function fit(text: string, max: number): string {
  if (text.trim() === '') return NOTHING
  if (text.length <= max) return text
  const cut = text
    .slice(0, max - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/&[a-z]{0,4}$/, '')
    .replace(/<[^>]*$/, '')
    .trimEnd()
  return `${cut}…`
}

/** Any message within Slack's limits; what is left out is marked, and the buttons at the end always stay. */
export function fitMessage(message: Message): Message {
  let blocks = message.blocks.flatMap((block) => fitBlock(block, LIMITS.section))
  for (const cap of [1_200, 600, 300, 150]) {
    if (sizeOf(blocks) <= LIMITS.messageSize) break
    blocks = blocks.flatMap((block) => fitBlock(block, cap))
  }
  let kept = dropMiddle(blocks, LIMITS.messageBlocks)
  for (let count = kept.length - 1; count > 3 && sizeOf(kept) > LIMITS.messageSize; count--) {
    kept = dropMiddle(blocks, count)
  }
  return { text: fit(message.text, LIMITS.messageText), blocks: kept }
}

/** Any modal within Slack's limits. */
export function fitModal(modal: Modal): Modal {
  return {
    ...modal,
    title: plain(fit(modal.title.text, LIMITS.modalTitle)),
    ...(modal.submit && { submit: plain(fit(modal.submit.text, LIMITS.modalTitle)) }),
    ...(modal.close && { close: plain(fit(modal.close.text, LIMITS.modalTitle)) }),
    blocks: modal.blocks.flatMap((block) => fitBlock(block, LIMITS.section)).slice(0, LIMITS.modalBlocks),
  }
}

const sizeOf = (blocks: readonly Block[]): number => JSON.stringify(blocks).length

function dropMiddle(blocks: readonly Block[], max: number): Block[] {
  if (blocks.length <= max) return [...blocks]
  const tail = blocks.slice(-2)
  return [
    ...blocks.slice(0, Math.max(0, max - 1 - tail.length)),
    context('_There is more: open it in the console._'),
    ...tail,
  ]
}

function fitBlock(block: Block, cap: number): Block[] {
  switch (block.type) {
    case 'header':
      return [{ ...block, text: plain(fit(block.text.text, LIMITS.header)) }]
    case 'section':
      return fitSection(block, cap)
    case 'context': {
      const elements = block.elements.slice(0, LIMITS.contextElements).map((element) => fitContext(element, cap))
      return elements.length === 0 ? [] : [{ ...block, elements }]
    }
    case 'actions': {
      const elements = block.elements.slice(0, LIMITS.actionElements).map(fitElement)
      return elements.length === 0 ? [] : [{ ...block, ...fitId(block), elements }]
    }
    case 'image':
      return [{ ...block, alt_text: fit(block.alt_text, LIMITS.altText) }]
    case 'input':
      return [
        {
          ...block,
          ...fitId(block),
          label: plain(fit(block.label.text, LIMITS.inputLabel)),
          ...(block.hint && { hint: plain(fit(block.hint.text, LIMITS.inputHint)) }),
          element: fitElement(block.element),
        },
      ]
    case 'divider':
      return [block]
  }
}

function fitSection(block: types.SectionBlock, cap: number): Block[] {
  const fields = (block.fields ?? [])
    .slice(0, LIMITS.fields)
    .map((field) => fitText(field, Math.min(cap, LIMITS.field)))
  if (block.text === undefined && fields.length === 0) return []
  return [
    {
      ...block,
      ...fitId(block),
      ...(block.text && { text: fitText(block.text, cap) }),
      ...(block.fields && { fields }),
      ...(block.accessory && { accessory: fitElement(block.accessory) }),
    },
  ]
}

const fitId = (block: { block_id?: string }): { block_id?: string } =>
  block.block_id === undefined ? {} : { block_id: block.block_id.slice(0, LIMITS.id) }

const fitText = <T extends types.TextObject>(text: T, max: number): T => ({ ...text, text: fit(text.text, max) })

const fitContext = (element: types.ContextBlockElement, cap: number): types.ContextBlockElement =>
  element.type === 'image'
    ? { ...element, alt_text: fit(element.alt_text, LIMITS.altText) }
    : fitText(element, Math.min(cap, LIMITS.contextText))

/** The parts that elements have in common; each kind of element uses the same names for the same things. */
type Parts = {
  type: string
  text?: types.PlainTextElement
  value?: string
  placeholder?: types.PlainTextElement
  initial_value?: unknown
  options?: types.Option[]
  initial_option?: types.Option
  initial_options?: types.Option[]
}

function fitElement<T extends types.ActionsBlockElement | types.InputBlockElement | types.SectionBlockAccessory>(
  element: T,
): T {
  const parts: Parts = element
  const most =
    element.type === 'overflow'
      ? LIMITS.overflowOptions
      : element.type === 'static_select'
        ? LIMITS.selectOptions
        : LIMITS.boxes
  return {
    ...element,
    ...(parts.text && { text: plain(fit(parts.text.text, LIMITS.buttonText)) }),
    ...(parts.value !== undefined && { value: parts.value.slice(0, LIMITS.buttonValue) }),
    ...(parts.placeholder && { placeholder: plain(fit(parts.placeholder.text, LIMITS.placeholder)) }),
    ...(typeof parts.initial_value === 'string' && { initial_value: parts.initial_value.slice(0, LIMITS.inputValue) }),
    ...(parts.options && { options: parts.options.slice(0, most).map(fitOption) }),
    ...(parts.initial_option && { initial_option: fitOption(parts.initial_option) }),
    ...(parts.initial_options && { initial_options: parts.initial_options.slice(0, most).map(fitOption) }),
  }
}

const fitOption = <T extends types.Option>(option: T): T => ({
  ...option,
  text: fitText(option.text, LIMITS.optionText),
  ...(option.description && { description: plain(fit(option.description.text, LIMITS.optionText)) }),
  ...(option.value !== undefined && { value: option.value.slice(0, LIMITS.optionValue) }),
})

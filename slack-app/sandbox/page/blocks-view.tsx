import type { SandboxBlock, SandboxElement } from '../block-schema.ts'
import type { SandboxWorld } from '../world.ts'
import { Markup } from './mrkdwn-nodes.tsx'

type Text = { readonly type: 'plain_text' | 'mrkdwn'; readonly text: string }

export function TextView({ text, world }: { text: Text; world: SandboxWorld }) {
  return text.type === 'mrkdwn' ? <Markup text={text.text} world={world} /> : <span class="plain">{text.text}</span>
}

/** The blocks of a message. Elements carry `data-action-id` and `data-block-id` for the script and for tests. */
export function BlocksView({ blocks, world }: { blocks: readonly SandboxBlock[]; world: SandboxWorld }) {
  return (
    <div class="blocks">
      {blocks.map((block) => (
        <BlockView block={block} world={world} />
      ))}
    </div>
  )
}

export function BlockView({ block, world }: { block: SandboxBlock; world: SandboxWorld }) {
  switch (block.type) {
    case 'header':
      return <h3 class="b-header">{block.text.text}</h3>
    case 'section':
      return <Section block={block} world={world} />
    case 'context':
      return (
        <div class="b-context">
          {block.elements.map((element) =>
            element.type === 'image' ? (
              <img src={element.image_url} alt={element.alt_text} />
            ) : (
              <span>
                <TextView text={element} world={world} />
              </span>
            ),
          )}
        </div>
      )
    case 'divider':
      return <hr />
    case 'image':
      return <img class="b-image" src={block.image_url} alt={block.alt_text} />
    case 'actions':
      return (
        <div class="b-actions" data-block-id={block.block_id ?? ''}>
          {block.elements.map((element) => (
            <ElementView element={element} blockId={block.block_id ?? ''} />
          ))}
        </div>
      )
    case 'input':
      return <></>
  }
}

function Section({ block, world }: { block: Extract<SandboxBlock, { type: 'section' }>; world: SandboxWorld }) {
  const { text, fields, accessory } = block
  return (
    <div class="b-section">
      <div class="b-main">
        {text !== undefined && (
          <p>
            <TextView text={text} world={world} />
          </p>
        )}
        {fields !== undefined && (
          <div class="b-fields">
            {fields.map((field) => (
              <p>
                <TextView text={field} world={world} />
              </p>
            ))}
          </div>
        )}
      </div>
      {accessory !== undefined &&
        (accessory.type === 'image' ? (
          <img class="b-thumb" src={accessory.image_url} alt={accessory.alt_text} />
        ) : (
          <ElementView element={accessory} blockId={block.block_id ?? ''} />
        ))}
    </div>
  )
}

function ElementView({ element, blockId }: { element: SandboxElement; blockId: string }) {
  const marks = { 'data-action-id': element.action_id, 'data-block-id': blockId }
  const key = `${blockId}/${element.action_id}`
  switch (element.type) {
    case 'button':
      return element.url === undefined ? (
        <button
          type="button"
          class={`btn ${element.style ?? ''}`}
          data-press
          data-key={key}
          {...marks}
          aria-label={element.accessibility_label}
        >
          {element.text.text}
        </button>
      ) : (
        <a class="btn" href={element.url} target="_blank" rel="noopener noreferrer" {...marks}>
          {element.text.text}
        </a>
      )
    case 'overflow':
      return (
        <details class="overflow" {...marks}>
          <summary class="btn" aria-label="More" data-key={key}>
            ⋯
          </summary>
          <div class="menu">
            {element.options.map((option) => (
              <button
                type="button"
                data-press
                data-option={option.value}
                data-key={`${key}/${option.value}`}
                {...marks}
              >
                {option.text.text}
              </button>
            ))}
          </div>
        </details>
      )
    case 'static_select':
      return (
        <select class="btn" data-choose data-key={key} aria-label={element.placeholder?.text ?? 'Choose'} {...marks}>
          <option value="">{element.placeholder?.text ?? 'Choose'}</option>
          {element.options.map((option) => (
            <option value={option.value}>{option.text.text}</option>
          ))}
        </select>
      )
    // Of these only forms have any; messages of ours do without.
    case 'checkboxes':
    case 'radio_buttons':
    case 'datetimepicker':
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
      return <></>
  }
}

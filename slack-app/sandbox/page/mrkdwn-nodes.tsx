import type { Child } from 'hono/jsx'
import type { SandboxWorld } from '../world.ts'

/** Draws Slack's markup. Everything ends up as text nodes; nothing from a message is ever taken for HTML. */
export function Markup({ text, world }: { text: string; world: SandboxWorld }) {
  const parts: Child[] = []
  let quoted: Child[] = []
  const closeQuote = () => {
    if (quoted.length > 0) parts.push(<blockquote>{quoted}</blockquote>)
    quoted = []
  }
  for (const line of text.split('\n')) {
    const isQuote = /^(>|&gt;) ?/.test(line)
    if (isQuote) quoted.push(...inline(line.replace(/^(>|&gt;) ?/, ''), world), <br />)
    else {
      closeQuote()
      parts.push(...inline(line, world), <br />)
    }
  }
  closeQuote()
  return <>{parts}</>
}

// A mark next to a word joiner is text, as it is in Slack.
const TOKEN =
  /<([^<>]+)>|(?<!\u2060)`(?!\u2060)([^`]+)`|(?<!\u2060)\*(?!\u2060)([^*\n]+)\*|(?<![\w\u2060])_(?!\u2060)([^_\n]+)_(?!\w)|(?<!\u2060)~(?!\u2060)([^~\n]+)~|:([a-z0-9_+-]+):/g

function inline(text: string, world: SandboxWorld): Child[] {
  const nodes: Child[] = []
  let at = 0
  for (const match of text.matchAll(TOKEN)) {
    nodes.push(decode(text.slice(at, match.index)))
    at = match.index + match[0].length
    const [whole, angle, code, bold, italic, strike, emoji] = match
    if (angle !== undefined) nodes.push(reference(angle, world))
    else if (code !== undefined) nodes.push(<code>{decode(code)}</code>)
    else if (bold !== undefined) nodes.push(<strong>{inline(bold, world)}</strong>)
    else if (italic !== undefined) nodes.push(<em>{inline(italic, world)}</em>)
    else if (strike !== undefined) nodes.push(<s>{inline(strike, world)}</s>)
    else nodes.push(<Emoji name={emoji ?? ''} whole={whole} />)
  }
  nodes.push(decode(text.slice(at)))
  return nodes
}

function reference(inside: string, world: SandboxWorld): Child {
  const bar = inside.indexOf('|')
  const target = bar < 0 ? inside : inside.slice(0, bar)
  const label = bar < 0 ? null : decode(inside.slice(bar + 1))
  if (target.startsWith('@')) return <span class="mention">@{world.user(target.slice(1))?.name ?? 'unknown'}</span>
  if (target.startsWith('#')) return <span class="mention">#{world.channel(target.slice(1))?.name ?? 'unknown'}</span>
  const [, date, format = ''] = /^!date\^(\d+)\^([^^]*)/.exec(target) ?? []
  // The page's script writes it in the reader's own zone, as Slack does.
  if (date !== undefined) {
    return (
      <time
        class={format.includes('{time}') ? undefined : 'day'}
        datetime={new Date(Number(date) * 1000).toISOString()}
      >
        {label}
      </time>
    )
  }
  if (target.startsWith('!')) return <span class="mention loud">@{target.slice(1)}</span>
  return /^(https?|mailto):/.test(target) ? (
    <a href={decode(target)} target="_blank" rel="noopener noreferrer">
      {label ?? decode(target)}
    </a>
  ) : (
    decode(inside)
  )
}

const decode = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Signs of plain fonts, so that the page needs no colour font; the style colours them. */
const EMOJI: Readonly<Record<string, readonly [sign: string, tone: string]>> = {
  warning: ['⚠', 'amber'],
  white_check_mark: ['✔', 'green'],
  no_entry_sign: ['⊘', 'red'],
  no_entry: ['⊘', 'red'],
  octagonal_sign: ['■', 'red'],
  x: ['✘', 'red'],
  speech_balloon: ['❝', 'blue'],
  thumbsup: ['★', 'green'],
  arrow_forward: ['▶', 'green'],
  leftwards_arrow_with_hook: ['↩', 'blue'],
  wrench: ['⚒', 'amber'],
  pencil2: ['✎', 'blue'],
  sparkles: ['✦', 'blue'],
  raising_hand: ['☞', 'amber'],
  tada: ['✺', 'green'],
  white_circle: ['○', 'grey'],
  large_blue_circle: ['◉', 'blue'],
  arrow_up: ['▲', 'green'],
  arrow_down: ['▼', 'amber'],
  hourglass: ['◷', 'grey'],
  hourglass_flowing_sand: ['◷', 'amber'],
  eyes: ['◎', 'blue'],
  no_bell: ['⊘', 'amber'],
  clipboard: ['▤', 'blue'],
}

function Emoji({ name, whole }: { name: string; whole: string }) {
  const known = EMOJI[name]
  if (known === undefined) return <>{whole}</>
  return (
    <span class={`emoji ${known[1]}`} role="img" aria-label={name.replaceAll('_', ' ')}>
      {known[0]}
    </span>
  )
}

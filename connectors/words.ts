const numbers = (value: number) => new Intl.NumberFormat('en-US').format(value)

/** "1 person", "1,200 people". */
export const counted = (count: number, one: string, many: string): string =>
  `${numbers(count)} ${count === 1 ? one : many}`

export const people = (count: number): string => counted(count, 'person', 'people')

/** A name or subject inside a sentence. */
export const quoted = (text: string): string => `‘${text}’`

/** "a, b and c". */
export function joined(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}

/** The first characters of a text, cut at a word. */
export function excerpt(text: string, length: number): string {
  if (text.length <= length) return text
  const cut = text.slice(0, length)
  const space = cut.lastIndexOf(' ')
  return `${(space > length / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

/**
 * What a person reads of an HTML text: tags, styles and scripts gone, alternative texts kept, white space collapsed.
 * For excerpts and word rules; not a sanitiser.
 */
export function plainText(html: string): string {
  return html
    .replace(/<!--[^]*?-->/g, ' ')
    .replace(/<(style|script|head)\b[^]*?<\/\1\s*>/gi, ' ')
    .replace(/<img\b[^>]*?\balt="([^"]*)"[^>]*>/gi, ' $1 ')
    .replace(/<\/?(?:a|b|strong|em|i|u|span|font|small|sup|sub)\b[^>]*>/gi, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:nbsp|amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim()
}

/** An instant as a marketer reads it, in UTC: the workspace's zone is not known here. */
export const instant = (iso: string): string =>
  `${new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(iso))} UTC`

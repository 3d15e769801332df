// Control characters, and the marks that turn the reading direction round: text that reads other than it is.
const INVISIBLE = /(?![\t\n\r])\p{Cc}|[\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** Bold, italic, struck, code. */
const MARK = /[*_~`]/g

/**
 * Takes the meaning out of Slack's markup: its three control characters become entities (no link, no mention, no
 * `<!channel>`), and a joiner on each side keeps a mark apart from what it would format, so that only our labels stand
 * out.
 */
export const escapeText = (text: string): string =>
  text
    .replace(INVISIBLE, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(MARK, '\u2060$&\u2060')

/** Foreign words on one line: escaped, and without the line breaks with which they could draw a label of their own. */
export const fence = (text: string): string => escapeText(flatten(text))

/** The same for plain text objects, which have no escapes: what looks like a mention is broken with a joiner. */
export const oneLine = (text: string): string => flatten(text).replace(/<(?=[!@#])/g, '<\u2060')

const flatten = (text: string): string => text.replace(INVISIBLE, ' ').replace(/\s+/g, ' ').trim()

/** Foreign words of several lines as a quotation; every line carries the mark. */
export function quote(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => escapeText(line).trimEnd())
  return lines.map((line) => `> ${line}`).join('\n')
}

/** A link, or the bare label where the address is not one that a browser should open. */
export function link(url: string, label: string): string {
  const href = safeUrl(url)
  return href === null ? fence(label) : `<${href}|${fence(label).replaceAll('|', '/')}>`
}

/** The address with everything encoded that has a meaning in Slack's markup; null unless http or https. */
export function safeUrl(url: string): string | null {
  if (!URL.canParse(url)) return null
  const parsed = new URL(url)
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return null
  const href = parsed.href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E')
  return href.length <= 2_000 ? href.replaceAll('&', '&amp;') : null
}

/** Ends a sentence with exactly one full stop, whatever the writer did. */
export const sentence = (text: string): string => `${text.trim().replace(/[.。]+$/, '')}.`

import { Tokenizer } from 'htmlparser2'

export type HtmlText = {
  /** What is shown, with line breaks where blocks begin and end. */
  readonly shown: string
  /** What is there but not shown at first sight: hidden preheaders, alternative texts, titles, what only Outlook shows. */
  readonly aside: string
  readonly links: readonly { readonly href: string; readonly shown: string }[]
}

const MARKUP = /<[a-z/!?]|&(?:#|[a-z]+;)/i
const SURELY_MARKUP = /<\/[a-z]|<!|<(?:br|img|hr|html|body|input|meta)\b/i
const INLINE = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
)
const BLOCK = new Set(
  'address area article aside audio blockquote body br button canvas caption center col colgroup dd details dialog dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input legend li main map marquee math menu meter nav noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress rp rt ruby search section select slot source summary svg table tbody td textarea tfoot th thead title tr track ul video xmp'.split(
    ' ',
  ),
)
/** These part no words, since they show nothing. */
const SILENT = new Set('base link meta script style template'.split(' '))
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
const UNREAD = new Set(['script', 'style'])
const READ_ATTRIBUTES = new Set(['alt', 'title', 'placeholder', 'aria-label', 'summary'])
const HIDING =
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:^|[;\s])opacity\s*:\s*0(?:\.0*)?(?![.\d])|(?:font-size|max-height|max-width|line-height)\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|$)/i
const CONDITIONAL = /^\[if[^\]]*\]>([\s\S]*?)(?:<!\[endif\])?$/i

/**
 * What a person reads of a text that may be HTML. Scripts, styles and comments are not read; what only hides is, as an
 * aside. A tag that HTML does not know ("<free>") is taken for the text that it is.
 */
export function readHtml(source: string): HtmlText {
  if (!MARKUP.test(source)) return { shown: source, aside: '', links: [] }
  const reader = new HtmlReader(source)
  const read = reader.read()
  // "a < b" and the like: nobody can tell whether a reader will see the signs or a tag, so both are read.
  return SURELY_MARKUP.test(source) || !source.includes('<') ? read : { ...read, aside: `${read.aside}\n${source}` }
}

/** No tree is built: matching tags in one takes time that grows with the square of how deep they are. */
class HtmlReader {
  private shown = ''
  private aside = ''
  private readonly links: { href: string; shown: string }[] = []
  private tag = ''
  private tagStart = 0
  private attribute = ''
  private value = ''
  private attributes = new Map<string, string>()
  /** The element that hides, or that is not read, and how many of its name are open inside. */
  private hidden: { name: string; depth: number; unread: boolean } | null = null
  private anchor: { href: string; from: number } | null = null
  private readonly source: string
  private readonly inComment: boolean

  constructor(source: string, inComment = false) {
    this.source = source
    this.inComment = inComment
  }

  read(): HtmlText {
    const { source } = this
    const tokenizer = new Tokenizer(
      { decodeEntities: true },
      {
        ontext: (start, end) => this.say(source.slice(start, end)),
        ontextentity: (codePoint) => this.say(String.fromCodePoint(codePoint)),
        onopentagname: (start, end) => this.startTag(start, end),
        onattribname: (start, end) => {
          this.attribute = source.slice(start, end).toLowerCase()
          this.value = ''
        },
        onattribdata: (start, end) => {
          this.value += source.slice(start, end)
        },
        onattribentity: (codePoint) => {
          this.value += String.fromCodePoint(codePoint)
        },
        onattribend: () => {
          if (!this.attributes.has(this.attribute)) this.attributes.set(this.attribute, this.value)
        },
        onopentagend: (end) => this.openTag(end),
        onselfclosingtag: (end) => this.openTag(end),
        onclosetag: (start, end) => this.closeTag(source.slice(start, end).toLowerCase()),
        oncomment: (start, end, offset) => this.readConditional(source.slice(start, end - offset)),
        oncdata: (start, end, offset) => this.say(source.slice(start, end - offset)),
        ondeclaration: () => undefined,
        onprocessinginstruction: () => undefined,
        onend: () => undefined,
      },
    )
    tokenizer.write(source)
    tokenizer.end()
    this.closeAnchor()
    // A tag that never ends is text to whoever reads it.
    const open = source.lastIndexOf('<')
    if (open > source.lastIndexOf('>')) this.aside += `\n${source.slice(open)}`
    return { shown: this.shown, aside: this.aside, links: this.links }
  }

  private say(text: string): void {
    if (this.hidden === null) this.shown += text
    else if (!this.hidden.unread) this.aside += text
  }

  private startTag(start: number, end: number): void {
    this.tag = this.source.slice(start, end).toLowerCase()
    this.tagStart = start - 1
    this.attributes = new Map()
  }

  private openTag(end: number): void {
    const name = this.tag
    const unread = UNREAD.has(name)
    if (this.hidden?.name === name && !VOID.has(name)) this.hidden.depth += 1
    else if (this.hidden === null && !VOID.has(name) && (unread || this.hides(name))) {
      this.hidden = { name, depth: 1, unread }
      if (!unread) this.aside += '\n'
    }
    if (BLOCK.has(name)) this.say('\n')
    else if (!INLINE.has(name) && !SILENT.has(name) && !/[-:]/.test(name))
      this.say(this.source.slice(this.tagStart, end + 1))
    this.readAttributes(name)
    const href = this.attributes.get('href') ?? this.attributes.get('action') ?? this.attributes.get('formaction')
    if (href === undefined || name === 'link' || name === 'base') return
    this.closeAnchor()
    if (name === 'a') this.anchor = { href, from: this.shown.length }
    else this.links.push({ href, shown: '' })
  }

  private hides(name: string): boolean {
    return name === 'template' || this.attributes.has('hidden') || HIDING.test(this.attributes.get('style') ?? '')
  }

  private readAttributes(name: string): void {
    for (const [attribute, value] of this.attributes) {
      const button = attribute === 'value' && name === 'input' && this.attributes.get('type') !== 'hidden'
      const described = attribute === 'content' && name === 'meta' && /\s/.test(value)
      if (READ_ATTRIBUTES.has(attribute) || button || described) this.aside += `\n${value}\n`
    }
  }

  private closeTag(name: string): void {
    if (name === 'a') this.closeAnchor()
    if (this.hidden?.name === name) {
      this.hidden.depth -= 1
      if (this.hidden.depth === 0) {
        if (!this.hidden.unread) this.aside += '\n'
        this.hidden = null
        return
      }
    }
    if (BLOCK.has(name)) this.say('\n')
  }

  private closeAnchor(): void {
    if (this.anchor === null) return
    this.links.push({ href: this.anchor.href, shown: this.shown.slice(this.anchor.from) })
    this.anchor = null
  }

  /** Comments that Outlook reads as HTML. */
  private readConditional(comment: string): void {
    const inside = this.inComment ? undefined : CONDITIONAL.exec(comment)?.[1]
    if (inside === undefined) return
    const { shown, aside, links } = new HtmlReader(inside, true).read()
    if (/\S/.test(shown + aside)) this.aside += `\n${shown}\n${aside}`
    this.links.push(...links)
  }
}

import { styleText } from 'node:util'

const WIDTH = 98

export type Row = readonly [what: string, state: string, seen: string]

/** What the demo tells, as plain lines of at most 98 columns; colours only where the terminal takes them. */
export type Say = {
  chapter(title: string): void
  line(text: string): void
  /** Something happened that was hoped for. */
  good(text: string): void
  /** The gate kept something from happening. */
  held(text: string): void
  /** Somebody does something. */
  does(who: string, what: string): void
  quote(text: string): void
  time(text: string): void
  table(rows: readonly Row[]): void
  /** Short values under their heads, numbers to the right. */
  columns(rows: readonly (readonly string[])[]): void
}

export function createSay(write: (line: string) => void): Say {
  const hanging = (first: string, text: string, style: (line: string) => string = (line) => line) => {
    const indent = ' '.repeat(first.length)
    wrapped(text, WIDTH - first.length).forEach((line, index) => write(style(`${index === 0 ? first : indent}${line}`)))
  }
  return {
    chapter(title) {
      write('')
      write(styleText('bold', title))
      write(styleText('dim', '─'.repeat(Math.min(WIDTH, title.length))))
    },
    line: (text) => hanging('  ', text),
    good: (text) => hanging('  ✓ ', text, (line) => styleText('green', line)),
    held: (text) => hanging('  ✗ ', text, (line) => styleText('yellow', line)),
    does: (who, what) => hanging(`  ${who}: `, what, (line) => styleText('cyan', line)),
    quote: (text) => hanging('    │ ', text, (line) => styleText('dim', line)),
    time: (text) => hanging('  · ', text, (line) => styleText('dim', line)),
    columns(rows) {
      const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)))
      for (const row of rows) write(`  ${row.map((value, at) => value.padStart(widths[at] ?? 0)).join('  ')}`)
    },
    table(rows) {
      const [first, second] = [widest(rows, 0, 38), widest(rows, 1, 17)]
      for (const [what, state, seen] of rows) {
        const [whats, seens] = [wrapped(what, first), wrapped(seen, WIDTH - first - second - 6)]
        for (let at = 0; at < Math.max(whats.length, seens.length); at += 1) {
          const cell = at === 0 ? state : ''
          write(`  ${(whats[at] ?? '').padEnd(first)}  ${cell.padEnd(second)}  ${seens[at] ?? ''}`.trimEnd())
        }
      }
    },
  }
}

const widest = (rows: readonly Row[], column: 0 | 1, most: number): number =>
  Math.min(most, Math.max(0, ...rows.map((row) => row[column].length)))

/** At spaces; a word longer than the width stands alone. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.replace(/\s+/g, ' ').trim().split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** "$12.00", as the currency is written in English. */
export function moneyWords({ minor, currency }: { readonly minor: number; readonly currency: string }): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

export const peopleWords = (count: number): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? 'person' : 'people'}`

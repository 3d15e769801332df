import { type Figure, figureText } from './figure.ts'

export type Table = {
  readonly name: string
  readonly title: string
  /** The first names the rows. */
  readonly columns: readonly string[]
  readonly rows: readonly { readonly name: string; readonly figures: readonly Figure[] }[]
}

/** What has to hold, with the number that says whether it does. */
export type Requirement = { readonly says: string; readonly holds: boolean }

export type Measured = {
  readonly tables: readonly Table[]
  readonly requirements: readonly Requirement[]
  /** What its tables do not say. */
  readonly remarks?: readonly string[]
}

/** One kind of histories, measured together; `Promise<Measured>` where a server takes part. */
export type Experiment<Result extends Measured | Promise<Measured> = Measured> = {
  readonly name: string
  run(histories: number, say: (line: string) => void): Result
}

/** As Markdown, with columns of even width. */
export function tableText({ columns, rows }: Table): string {
  const lines = [columns, ...rows.map(({ name, figures }) => [name, ...figures.map(figureText)])]
  const widths = columns.map((_, at) => Math.max(3, ...lines.map((line) => (line[at] ?? '').length)))
  const padded = lines.map((line) => `| ${widths.map((width, at) => (line[at] ?? '').padEnd(width)).join(' | ')} |`)
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [padded[0], rule, ...padded.slice(1)].join('\n')
}

import { posix } from 'node:path'
import { parseSync } from 'rolldown/utils'

/** A path below the root, with its text. */
export type Sources = ReadonlyMap<string, string>

export type Import = {
  readonly from: string
  /** The path below the root, or the package with its sub-path as written. */
  readonly to: string
  readonly isPackage: boolean
  /** Leaves nothing behind in the built file. */
  readonly typeOnly: boolean
}

type Row = {
  /** Other areas that its files may import. */
  readonly areas: readonly string[]
  /** Of these only types. */
  readonly typesOf?: readonly string[]
  /** Packages that it may import; absent: any but those that belong to one area. */
  readonly packages?: readonly string[]
  readonly node: 'all' | 'crypto' | 'none'
}

const DOOR = { areas: ['domain', 'gate', 'ports'], typesOf: ['gate', 'ports'] } as const
const INSIDE = ['domain', 'rules', 'ports', 'gate', 'postgres', 'http', 'console', 'cli', 'connectors', 'slack-app']

/** Who may import whom. Nobody but tests imports entry; nobody at all imports test. */
export const LAW: Readonly<Record<string, Row>> = {
  domain: { areas: [], packages: [], node: 'none' },
  rules: {
    areas: ['domain'],
    packages: [
      'zod',
      'luxon',
      '@2toad/profanity',
      '@marcbachmann/cel-js',
      '@orama/stemmers',
      'confusables',
      'date-holidays',
      'flesch-kincaid',
      'htmlparser2',
      'libphonenumber-js',
      'microdiff',
      're2js',
      'syllable',
      'tinyld',
      'tldts',
      'yaml',
    ],
    node: 'crypto',
  },
  ports: { areas: ['domain'], packages: [], node: 'crypto' },
  gate: { areas: ['domain', 'rules', 'ports'], packages: [], node: 'crypto' },
  postgres: { areas: ['domain', 'ports'], node: 'crypto' },
  connectors: { areas: ['domain', 'ports'], node: 'crypto' },
  http: { ...DOOR, node: 'crypto' },
  console: { ...DOOR, node: 'crypto' },
  'slack-app': { ...DOOR, node: 'crypto' },
  cli: { ...DOOR, node: 'all' },
  entry: { areas: INSIDE, node: 'all' },
  demo: { areas: INSIDE, node: 'all' },
  docs: { areas: INSIDE, node: 'all' },
  bench: { areas: INSIDE, node: 'all' },
  test: { areas: [...INSIDE, 'entry', 'demo', 'docs', 'bench'], node: 'all' },
}

const FORBIDDEN_NAME = /^(utils?|helpers?|commons?|misc|managers?|services?)$/
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/
/** A stand-in and its parts (`sandbox-lists.ts`), which only stand-ins share. */
const SANDBOX = /^(connectors|slack-app)\/(.*\/)?sandbox(-[^/]*)?\.tsx?$/
const SANDBOX_PART = /\/sandbox-[^/]*$/
const SANDBOX_IMPORTERS = /^(core\/entry\/sandboxes\.ts$|test\/)/

/** Every way in which the sources break the law, one sentence each, with the file first. */
export function violations(sources: Sources): readonly string[] {
  const found: string[] = []
  const imports: Import[] = []
  for (const [path, text] of sources) {
    found.push(...nameViolations(path))
    const read = readImports(path, text)
    if (read.unreadable !== null) found.push(`${path}: ${read.unreadable}`)
    if (read.computed && areaOf(path) !== 'test') found.push(`${path}: imports a path that is computed`)
    imports.push(...read.imports)
  }
  for (const one of imports) {
    found.push(...(one.isPackage ? packageViolations(one) : fileViolations(one, sources)))
  }
  return [...found, ...cycleViolations(imports)].map((says) => says.trim())
}

/** The area of a path; null: it is in none, which is a violation of its own. */
export function areaOf(path: string): string | null {
  const [top, second] = path.split('/')
  if (top === 'core') return second !== undefined && second in LAW && second !== 'test' ? second : null
  return top !== undefined && top in LAW && path.includes('/') ? top : null
}

function nameViolations(path: string): readonly string[] {
  const names = path.split('/').map((segment) => segment.split('.')[0] ?? '')
  const found: string[] = []
  if (areaOf(path) === null) found.push(`${path}: lies in no area of the law`)
  for (const name of names) {
    if (FORBIDDEN_NAME.test(name)) found.push(`${path}: "${name}" says nothing; name it after what it does`)
    if (!KEBAB.test(name)) found.push(`${path}: "${name}" is not kebab-case`)
  }
  return found
}

function packageViolations({ from, to }: Import): readonly string[] {
  const area = areaOf(from) ?? ''
  const law = LAW[area]
  if (law === undefined) return []
  if (to.startsWith('node:')) {
    const allowed = law.node === 'all' || (law.node === 'crypto' && to === 'node:crypto')
    return allowed ? [] : [`${from}: ${area} may not import ${to}`]
  }
  const name = to.startsWith('@') ? to.split('/').slice(0, 2).join('/') : (to.split('/')[0] ?? to)
  if (name === 'drizzle-orm' && area !== 'postgres' && !from.startsWith('test/postgres/')) {
    return [`${from}: drizzle-orm belongs to core/postgres`]
  }
  const allowed = law.packages === undefined || law.packages.includes(name)
  return allowed ? [] : [`${from}: ${area} may not import the package ${name}`]
}

function fileViolations({ from, to, typeOnly }: Import, sources: Sources): readonly string[] {
  const [area, other] = [areaOf(from) ?? '', areaOf(to) ?? '']
  const law = LAW[area]
  const found: string[] = []
  if (!sources.has(to) && !to.endsWith('.json')) found.push(`${from}: imports ${to}, which does not exist`)
  if (law === undefined || other === '') return found
  if (area !== other && !law.areas.includes(other)) found.push(`${from}: ${area} may not import ${other} (${to})`)
  if (law.typesOf?.includes(other) && !typeOnly)
    found.push(`${from}: ${area} may import only types of ${other} (${to})`)
  const [platform, otherPlatform] = [platformOf(from), platformOf(to)]
  if (platform !== null && otherPlatform !== null && platform !== otherPlatform) {
    found.push(`${from}: ${platform} may not import ${otherPlatform} (${to})`)
  }
  if (SANDBOX.test(to) && !SANDBOX_IMPORTERS.test(from) && !(SANDBOX_PART.test(to) && SANDBOX.test(from))) {
    found.push(`${from}: a sandbox is imported only from core/entry/sandboxes.ts and tests (${to})`)
  }
  return found
}

/** The platform whose folder it lies in; null: connectors' own files, and everything else. */
function platformOf(path: string): string | null {
  return /^connectors\/([^/]+)\//.exec(path)?.[1] ?? null
}

/** Files of different areas that import each other in a ring, types included. */
function cycleViolations(imports: readonly Import[]): readonly string[] {
  const next = new Map<string, string[]>()
  for (const { from, to, isPackage } of imports) if (!isPackage) next.set(from, [...(next.get(from) ?? []), to])
  const reach = new Map([...next.keys()].map((path) => [path, reachableFrom(path, next)]))
  const rings = new Set<string>()
  for (const [path, others] of reach) {
    if (!others.has(path)) continue
    const ring = [...others].filter((other) => reach.get(other)?.has(path)).toSorted()
    if (new Set(ring.map(areaOf)).size > 1) rings.add(ring.join(', '))
  }
  return [...rings].map((ring) => `${ring}: import each other in a ring across areas`)
}

function reachableFrom(start: string, next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const seen = new Set<string>()
  const open = [...(next.get(start) ?? [])]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    open.push(...(next.get(path) ?? []))
  }
  return seen
}

/** Every import of a file: static, re-export, dynamic, `import('…')` in a type, and `require`. */
export function readImports(
  path: string,
  text: string,
): { readonly imports: readonly Import[]; readonly computed: boolean; readonly unreadable: string | null } {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0)
    return { imports: [], computed: false, unreadable: `cannot be read: ${errors[0]?.message ?? ''}` }
  const imports: Import[] = []
  let computed = false
  for (const node of nodesOf(program)) {
    const source = sourceOf(node)
    if (source === undefined) continue
    if (source === null) computed = true
    else imports.push(importOf(path, source, isTypeOnly(node)))
  }
  return { imports, computed, unreadable: null }
}

function importOf(from: string, source: string, typeOnly: boolean): Import {
  const isPackage = !source.startsWith('.')
  return { from, to: isPackage ? source : posix.join(posix.dirname(from), source), isPackage, typeOnly }
}

type Node = { readonly type: string; readonly [member: string]: unknown }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const member of value) yield* nodesOf(member)
  } else if (isNode(value)) {
    yield value
    for (const member of Object.values(value)) yield* nodesOf(member)
  }
}

/** Undefined: not an import. Null: an import whose path is no literal. */
function sourceOf(node: Node): string | null | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return literal(node.source ?? node.argument)
    case 'ExportNamedDeclaration':
      return node.source === null ? undefined : literal(node.source)
    case 'TSExternalModuleReference':
      return literal(node.expression)
    case 'CallExpression': {
      const { callee, arguments: given } = node
      if (!isNode(callee) || callee.type !== 'Identifier' || callee.name !== 'require') return undefined
      return Array.isArray(given) ? literal(given[0]) : null
    }
    default:
      return undefined
  }
}

function literal(node: unknown): string | null {
  if (!isNode(node)) return null
  if (node.type === 'TSLiteralType') return literal(node.literal)
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : null
}

function isTypeOnly(node: Node): boolean {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true
  const named = node.specifiers
  if (!Array.isArray(named) || named.length === 0) return false
  return named.every((one) => isNode(one) && (one.importKind === 'type' || one.exportKind === 'type'))
}

import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { unstable_readConfig as readWranglerConfig } from 'wrangler'
import { z } from 'zod'

const root = fileURLToPath(new URL('../../', import.meta.url))
const FOLDER = `${root}dist/worker-check/`
/** What a Worker may weigh on the smallest plan. */
const MOST_BYTES = 3 * 1024 * 1024
/** Every start reads all of it, also what it does not run. */
const MOST_READ_BYTES = 11 * 1024 * 1024
/**
 * The platform stops a start after a second of processor time. How long one takes here says more about the machine than
 * about the Worker, so it is told in starts of a program that never changes; a busy machine moves that by a quarter.
 */
const MOST_STARTS = 1.6
const YARDSTICK_FUNCTIONS = 40_000
/** Other work on the machine only ever makes a start look dearer, so the cheapest counts. */
const TRIES = 6
/** Stand-ins, the embedded database and whole vendors' libraries have no business in a Worker. */
const UNWANTED = [
  /(^|\/)(connectors|slack-app)\/(.*\/)?sandbox/,
  /@electric-sql\/pglite/,
  /swagger-ui-dist/,
  /googleapis\/build\/src\/index/,
]

const Meta = z.object({ outputs: z.record(z.string(), z.object({ inputs: z.record(z.string(), z.unknown()) })) })
const read = (name: string): string => readFileSync(`${FOLDER}${name}`, 'utf8')

function build(): void {
  const args = ['deploy', '--dry-run', '--outdir', FOLDER, '--metafile', `${FOLDER}meta.json`]
  execFileSync(process.execPath, ['node_modules/wrangler/bin/wrangler.js', ...args], {
    cwd: root,
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

/** The path of the runtime that the simulator brings. */
function workerd(): string {
  const ofMiniflare = createRequire(createRequire(import.meta.url).resolve('miniflare'))
  return z.object({ default: z.string() }).parse(ofMiniflare('workerd')).default
}

/** Writes a program that loads those modules and ends; answers its name. What a program only lists is read as well. */
function writeProgram(name: string, text: string, modules: readonly string[] = []): string {
  const { compatibility_date: date, compatibility_flags: flags } = readWranglerConfig({
    config: `${root}wrangler.toml`,
  })
  writeFileSync(`${FOLDER}${name}.js`, text)
  writeFileSync(
    `${FOLDER}${name}.capnp`,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (
  modules = [${[`(name = "main", esModule = embed "${name}.js")`, ...modules.map((one) => `(name = "${one}", esModule = embed "${one}")`)].join(', ')}],
  compatibilityDate = "${date}", compatibilityFlags = ${JSON.stringify(flags)}))]);
`,
  )
  return name
}

/** Milliseconds of processor time that the runtime takes for a program. */
function processorMs(name: string): number {
  const script = 'TIMEFORMAT="%U %S"; time "$0" test "$1"'
  const { stderr, status } = spawnSync('bash', ['-c', script, workerd(), `${FOLDER}${name}.capnp`], {
    encoding: 'utf8',
  })
  const [, user, system] = /(\d+\.\d+) (\d+\.\d+)\s*$/.exec(stderr) ?? []
  if (status !== 0 || user === undefined) throw new Error(`The Worker does not start:\n${stderr}`)
  return (Number(user) + Number(system)) * 1000
}

/** As a start is: much text to read, and many functions that run once. */
const yardstick = (): string =>
  Array.from(
    { length: YARDSTICK_FUNCTIONS },
    (_, at) =>
      `function made${at}(given) {\n  const made = { given, at: ${at}, says: 'the one after ${at - 1}' }\n  return made.at > 0 ? made : null\n}\nkept.push(made${at}('this'))`,
  ).join('\n')

const TEST = 'export default { test() {} }\n'

/** Builds the Worker as it would be deployed, says what it weighs and what its start costs, and fails above the limits. */
build()
const script = read('worker.js')
const bytes = gzipSync(script).length
const readBytes = Buffer.byteLength(script)
const bundled = Object.values(Meta.parse(JSON.parse(read('meta.json'))).outputs).flatMap(({ inputs }) =>
  Object.keys(inputs),
)
const unwanted = bundled.filter((path) => UNWANTED.some((pattern) => pattern.test(path)))
const programs = {
  alone: writeProgram('alone', TEST),
  loaded: writeProgram('loaded', `import './worker.js'\n${TEST}`, ['worker.js']),
  yardstick: writeProgram('yardstick', `const kept = []\n${yardstick()}\n${TEST}`),
}
const took = { alone: Infinity, loaded: Infinity, yardstick: Infinity }
// In turn, so that each has its share of the quiet moments.
for (let tries = 0; tries < TRIES; tries += 1) {
  for (const name of ['alone', 'loaded', 'yardstick'] as const)
    took[name] = Math.min(took[name], processorMs(programs[name]))
}
const startMs = took.loaded - took.alone
const starts = startMs / (took.yardstick - took.alone)
console.log(`Size: ${(bytes / 1024).toFixed(0)} KiB gzip, of ${MOST_BYTES / 1024}`)
console.log(`Text: ${(readBytes / 1024).toFixed(0)} KiB, of ${MOST_READ_BYTES / 1024}`)
console.log(
  `Start: ${starts.toFixed(2)} of the yardstick’s, of ${MOST_STARTS} (${startMs.toFixed(0)} ms of processor time)`,
)
for (const path of unwanted) console.log(`Does not belong: ${path}`)
if (bytes >= MOST_BYTES || readBytes >= MOST_READ_BYTES || starts >= MOST_STARTS || unwanted.length > 0)
  process.exitCode = 1

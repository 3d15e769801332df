import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { unstable_readConfig as readWranglerConfig } from 'wrangler'
import { z } from 'zod'

const root = fileURLToPath(new URL('../../', import.meta.url))
const FOLDER = `${root}dist/worker-check/`
/**
 * What a Worker may weigh on the smallest plan, and how much processor time the platform lets its start take. On a machine
 * at rest it takes less than half of that: how fast the machine is must not decide whether a test passes.
 */
const MOST_BYTES = 3 * 1024 * 1024
const MOST_STARTUP_MS = 1000
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

/** Writes a program that loads the Worker, or none, and ends; answers its name. */
function writeProgram(name: string, text: string): string {
  const { compatibility_date: date, compatibility_flags: flags } = readWranglerConfig({
    config: `${root}wrangler.toml`,
  })
  writeFileSync(`${FOLDER}${name}.js`, text)
  writeFileSync(
    `${FOLDER}${name}.capnp`,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (
  modules = [(name = "main", esModule = embed "${name}.js"), (name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "${date}", compatibilityFlags = ${JSON.stringify(flags)}))]);
`,
  )
  return name
}

/** Milliseconds of processor time that the runtime takes for a program, the cheapest of some tries. */
function processorMs(name: string, tries: number): number {
  const script = 'TIMEFORMAT="%U %S"; time "$0" test "$1"'
  const times = Array.from({ length: tries }, () => {
    const { stderr, status } = spawnSync('bash', ['-c', script, workerd(), `${FOLDER}${name}.capnp`], {
      encoding: 'utf8',
    })
    const [, user, system] = /(\d+\.\d+) (\d+\.\d+)\s*$/.exec(stderr) ?? []
    if (status !== 0 || user === undefined) throw new Error(`The Worker does not start:\n${stderr}`)
    return (Number(user) + Number(system)) * 1000
  })
  return Math.min(...times)
}

const TEST = 'export default { test() {} }\n'

/** Builds the Worker as it would be deployed, says what it weighs and what its start costs, and fails above the limits. */
build()
const bytes = gzipSync(read('worker.js')).length
const bundled = Object.values(Meta.parse(JSON.parse(read('meta.json'))).outputs).flatMap(({ inputs }) =>
  Object.keys(inputs),
)
const unwanted = bundled.filter((path) => UNWANTED.some((pattern) => pattern.test(path)))
const alone = processorMs(writeProgram('alone', TEST), 2)
const loaded = processorMs(writeProgram('loaded', `import './worker.js'\n${TEST}`), TRIES)
const startMs = loaded - alone
console.log(`Size: ${(bytes / 1024).toFixed(0)} KiB gzip, of ${MOST_BYTES / 1024}`)
console.log(`Start: ${startMs.toFixed(0)} ms of processor time, of ${MOST_STARTUP_MS}`)
for (const path of unwanted) console.log(`Does not belong: ${path}`)
if (bytes >= MOST_BYTES || startMs >= MOST_STARTUP_MS || unwanted.length > 0) process.exitCode = 1

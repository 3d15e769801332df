import { existsSync, globSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url))
const ENTRIES = { node: 'core/entry/node.ts', tenure: 'core/entry/cli.ts', demo: 'demo/demo.ts' } as const
const SOURCES = ['core/**/*.{ts,tsx}', 'connectors/**/*.ts', 'slack-app/**/*.{ts,tsx}', 'demo/**/*.ts', 'package.json']

/** Built files are newer than every source: nothing to do. */
function isFresh(): boolean {
  const outputs = Object.keys(ENTRIES).map((name) => `${root}dist/${name}.js`)
  if (!outputs.every((path) => existsSync(path))) return false
  const built = Math.min(...outputs.map((path) => statSync(path).mtimeMs))
  return globSync(SOURCES, { cwd: root }).every((path) => statSync(`${root}${path}`).mtimeMs <= built)
}

if (!isFresh()) {
  if (!process.argv.includes('--quiet')) console.log('Building …')
  await build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    sourcemap: true,
    logLevel: 'error',
    // Ships files beside its code: the database itself, and the pages of the API. The calendars are read on first use
    // only, and every start would pay for 1.4 MB of them.
    external: ['@electric-sql/pglite', 'swagger-ui-dist', 'date-holidays'],
    // Some packages are CommonJS and ask for `require`.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  })
}

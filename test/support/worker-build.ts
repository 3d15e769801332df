import { execFileSync } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const SOURCES = ['core/**/*.ts', 'connectors/**/*.ts', 'slack-app/**/*.{ts,tsx}', 'test/support/*-worker.ts']
const SETTINGS = ['wrangler.toml', 'package.json']

/** Bundles an entry as `wrangler deploy` would, without deploying it; answers where the script lies. */
export function buildWorker(entry: string, folder: string): string {
  const name = entry.split('/').at(-1)?.replace(/\.ts$/, '.js') ?? ''
  const script = `${root}${folder}/${name}`
  if (isFresh(script)) return script
  const args = ['deploy', entry, '--dry-run', '--outdir', folder]
  execFileSync(process.execPath, ['node_modules/wrangler/bin/wrangler.js', ...args], {
    cwd: root,
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' },
    stdio: 'pipe',
  })
  return script
}

function isFresh(script: string): boolean {
  if (!existsSync(script)) return false
  const built = statSync(script).mtimeMs
  return globSync([...SOURCES, ...SETTINGS], { cwd: root }).every((path) => statSync(`${root}${path}`).mtimeMs <= built)
}

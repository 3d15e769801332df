import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Builds once before the integration tests: several of them start the built gate as its user would. */
export function setup(): void {
  execFileSync(process.execPath, ['core/entry/build.ts', '--quiet'], { cwd: root, stdio: 'inherit' })
}

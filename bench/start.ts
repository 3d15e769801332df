// `npm run bench`: needs none of the comparison's packages itself, so that it can install them.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readArguments, USAGE } from './arguments.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const asked = readArguments(process.argv.slice(2))

if (asked === 'help') {
  process.stdout.write(`${USAGE}\n`)
} else if ('problem' in asked) {
  process.stderr.write(`${asked.problem}\n\n${USAGE}\n`)
  process.exitCode = 2
} else {
  if (!existsSync(new URL('node_modules/.package-lock.json', import.meta.url))) {
    process.stderr.write('Installing the programs to compare with (npm ci --prefix bench, once) …\n')
    execFileSync('npm', ['ci', '--prefix', 'bench', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' })
  }
  execFileSync(process.execPath, ['core/entry/build.ts'], { cwd: root, stdio: 'inherit' })
  const { run } = await import('./run.ts')
  await run(asked)
  // Postgres' package keeps a handle of its own.
  process.exit()
}

import { readArguments, USAGE } from './arguments.ts'
import { Interrupted, Unmet } from './claim.ts'
import { tellMonths } from './months/tell-months.ts'
import { findGate } from './running-gate.ts'
import { createSay } from './say.ts'
import { tellStory } from './story.ts'

/** 0: told, and every claim held. 1: something was not as claimed. 2: used wrongly. 130: ended by Ctrl-C. */
async function main(): Promise<number> {
  const read = readArguments(process.argv.slice(2))
  if (read === 'help') {
    console.log(USAGE)
    return 0
  }
  if ('problem' in read) {
    console.error(`${read.problem}\n\n${USAGE}`)
    return 2
  }
  const say = createSay((line) => console.log(line))
  say.line('Looking for a gate …')
  const gate = await findGate(process.env)
  say.line(gate.own ? `None answers, so the demo started one of its own: ${gate.url}` : `Gate: ${gate.url}`)
  let interruptedAt: number | null = null
  process.on('SIGINT', () => {
    const now = performance.now()
    interruptedAt ??= now
    // The story puts back what it changed; whoever presses again does not want to wait. One press under npm arrives
    // twice: from the terminal and from npm.
    if (now - interruptedAt > 1_000) process.exit(130)
  })
  try {
    const isEnded = (): boolean => interruptedAt !== null
    if (read.months === null) await tellStory(gate, read, say, isEnded)
    else await tellMonths(gate, read.months, say, isEnded)
    return 0
  } finally {
    await gate.stop()
    if (gate.own) say.line('The demo’s own gate is stopped and its folder removed.')
  }
}

try {
  process.exit(await main())
} catch (error) {
  if (error instanceof Interrupted) process.exit(130)
  if (!(error instanceof Unmet)) throw error
  console.error(`\nThe demo ends here. ${error.message}`)
  process.exit(1)
}

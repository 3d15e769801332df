import { z } from 'zod'
import { err, ok, type Result } from '../domain/result.ts'
import type { Failure } from './failure.ts'
import type { GateClient } from './gate-client.ts'

const Progress = z.object({ line: z.literal('progress'), done: z.number(), of: z.number() })
const Last = z.looseObject({ line: z.literal('result') })

/** The result of a replay; how far it is goes to the side, a tenth at a time. */
export async function replayResult<T>(
  gate: GateClient,
  asked: {
    readonly path: string
    readonly body: Readonly<Record<string, unknown>>
    readonly answer: z.ZodType<T>
  },
  tell: (text: string) => void,
): Promise<Result<T, Failure>> {
  const lines = await gate.lines(asked.path, asked.body)
  if (!lines.ok) return lines
  let told = 0
  try {
    for await (const text of lines.value) {
      const line = z.union([Progress, Last]).parse(JSON.parse(text))
      if (line.line === 'result') {
        const { line: _line, ...result } = line
        return ok(asked.answer.parse(result))
      }
      const tenth = line.of === 0 ? 0 : Math.floor((10 * line.done) / line.of)
      if (tenth > told) tell(`${line.done} of ${line.of}\n`)
      told = Math.max(told, tenth)
    }
  } catch {
    // A line that is none of ours, or an answer that broke off: both are told the same.
  }
  return err({ kind: 'failed', says: 'The replay broke off before its end. Try it again, with fewer days.' })
}

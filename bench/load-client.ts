import { fork } from 'node:child_process'

/** Of each workspace the key of its agent and the token of its owner. */
export type Keys = readonly { readonly agent: string; readonly owner: string }[]

type Target = { readonly url: string; readonly keys: Keys }
type Timed = Target & { readonly ms: number; readonly most: number }

/** `ms` and `most` end a run, whichever comes first. */
export type ProposeRun = Timed & { readonly run: 'propose'; readonly atOnce: number }
export type JobRun = Timed & { readonly run: 'job'; readonly atOnce: number }
export type AloneRun = Timed & { readonly run: 'clicks' | 'list' }
export type TwiceRun = Target & { readonly run: 'twice'; readonly times: number; readonly waitMs: number }
export type Asked = ProposeRun | JobRun | AloneRun | TwiceRun

/** Latencies in milliseconds. */
export type Told = {
  readonly done: number
  readonly failed: number
  readonly seconds: number
  readonly rate: number
  readonly p50: number
  readonly p95: number
  readonly most?: number
  readonly least?: number
}

export type Load = {
  readonly platformUrl: string
  run(asked: Asked): Promise<Told>
  close(): void
}

/** Starts the process that makes the load and stands in for the platform. */
export function startLoad(): Promise<Load> {
  const child = fork(new URL('load.ts', import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const waiting = new Map<number, { readonly done: (told: Told) => void; readonly failed: (error: Error) => void }>()
  let next = 0
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      const error = new Error(`The load ended with ${code}`)
      reject(error)
      // Also the regular end: whoever still waits will not be answered.
      for (const { failed } of waiting.values()) failed(error)
    })
    child.on('message', (message: { id?: number; told?: Told; error?: string; platform?: string }) => {
      if (message.platform !== undefined) {
        const run = (asked: Asked): Promise<Told> =>
          new Promise((done, failed) => {
            if (!child.connected) return failed(new Error('The load was ended'))
            next += 1
            waiting.set(next, { done, failed })
            child.send({ id: next, asked })
          })
        return resolve({
          platformUrl: message.platform,
          run,
          close: () => (child.connected ? child.disconnect() : undefined),
        })
      }
      const one = waiting.get(message.id ?? 0)
      waiting.delete(message.id ?? 0)
      if (message.told) one?.done(message.told)
      else one?.failed(new Error(message.error ?? 'the load failed'))
    })
  })
}

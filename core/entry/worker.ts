import './jitless.ts'
import { openHyperdrive } from '../postgres/database.ts'
import { logger } from './log.ts'
import { createWorker } from './worker-handlers.ts'

const worker = createWorker({
  open: openHyperdrive,
  fetch: (url, init) => fetch(url, init),
  timeOf: (now) => now,
  logger,
})

export default worker.handlers
export const { Ticker } = worker

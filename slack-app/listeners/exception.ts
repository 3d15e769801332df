import type { App } from '@slack/bolt'
import { isId } from '../../core/domain/ids.ts'
import type { SlackDeps } from '../deps.ts'
import { refusalMessage } from '../views/refusals.ts'
import { redraw } from './decide-shown.ts'
import { onPress, type Press } from './press.ts'

const HOW = ['retry', 'happened', 'did_not_happen'] as const

/** *Try again*, and saying what happened where the platform could not be asked. */
export function listenException(app: App, deps: SlackDeps): void {
  onPress(app, deps, 'exception_retry', (press) => resolve(press, press.value, 'retry'))
  onPress(app, deps, 'exception_resolve', (press) => {
    const [id = '', how = ''] = press.value.split(':')
    return resolve(press, id, how)
  })
}

async function resolve(press: Press, id: string, how: string): Promise<void> {
  const known = HOW.find((one) => one === how)
  if (!isId('exc', id) || known === undefined) return
  const resolved = await press.deps.gate.resolveException(press.actor, id, known)
  if (!resolved.ok) await press.tell(refusalMessage(resolved.error, press.ctx))
  if (resolved.ok || resolved.error.kind !== 'not_permitted') {
    await redraw(press.deps, press.workspace.id, press.shown.subject)
  }
}

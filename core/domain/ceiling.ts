import type { Band } from './band.ts'
import type { Risk, Undo } from './effect.ts'

export type Level = 1 | 2 | 3 | 4 | 5

type Reversibility = 'reversible' | 'partly' | 'irreversible'

const REVERSIBILITY: Readonly<Record<Undo, Reversibility>> = {
  exact: 'reversible',
  compensating: 'partly',
  held: 'partly',
  none: 'irreversible',
}

/** Trust model, section 5.5: risk × reversibility. */
const CEILINGS: Readonly<Record<Risk, Readonly<Record<Reversibility, Level>>>> = {
  low: { reversible: 5, partly: 4, irreversible: 2 },
  medium: { reversible: 4, partly: 3, irreversible: 2 },
  high: { reversible: 3, partly: 2, irreversible: 2 },
}

const RAISED: Readonly<Record<Risk, Risk>> = { low: 'medium', medium: 'high', high: 'high' }

/** The level that an action can never pass, whatever was granted. A large band raises the risk by one class. */
export function ceilingOf(risk: Risk, undo: Undo, band: Band): Level {
  return CEILINGS[band === 'large' ? RAISED[risk] : risk][REVERSIBILITY[undo]]
}

import { START } from './world.ts'

/** That many milliseconds after every world begins. */
export const at = (ms: number): Date => new Date(START.getTime() + ms)

import type { PolicyDocument } from './policy.ts'

/** A ready policy by its name; null: there is none. */
export const findPack = (_name: string): PolicyDocument | null => null

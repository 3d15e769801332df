import { randomBytes } from 'node:crypto'

/** URL-safe random text with 256 bits, for keys and tokens. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

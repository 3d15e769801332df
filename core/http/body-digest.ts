import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '../domain/canonical.ts'

/** SHA-256 of what the body says, in hex: white space and the order of fields make no other body. */
export const bodyDigest = (body: Json): string => createHash('sha256').update(canonicalJson(body)).digest('hex')

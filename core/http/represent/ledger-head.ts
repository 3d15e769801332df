import { z } from '@hono/zod-openapi'
import type { LedgerHead } from '../../gate/read-ledger.ts'

export const LedgerHeadSchema = z
  .object({
    workspace_id: z.string().openapi({ example: 'wks_01' }),
    batch: z.int(),
    head: z.string().openapi({ description: 'SHA-256 of `text`, in hex' }),
    at: z.string(),
    text: z.string().openapi({ description: 'The seal, in the bytes that were hashed' }),
    signature: z.string().openapi({ description: 'Ed25519 over `tenure-seal-1:` and the head, in base64' }),
    public_key: z.string().openapi({ description: 'The key that signed, raw, in base64' }),
  })
  .openapi('LedgerHead')

export function representLedgerHead(view: LedgerHead): z.infer<typeof LedgerHeadSchema> {
  return {
    workspace_id: view.workspaceId,
    batch: view.batch,
    head: view.head,
    at: view.at,
    text: view.text,
    signature: view.signature,
    public_key: view.publicKey,
  }
}

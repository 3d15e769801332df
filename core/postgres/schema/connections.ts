import { boolean, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'

export const connections = pgTable(
  'connections',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    platform: text('platform').notNull(),
    name: text('name').notNull(),
    /** AES-256-GCM: key id, nonce, tag and text; see `secrets.ts`. */
    credentials: text('credentials').notNull(),
    state: text('state').notNull().default('live'),
    sandbox: boolean('sandbox').notNull().default(false),
    /** How often the address of its webhooks was taken back. */
    webhookGeneration: integer('webhook_generation').notNull().default(0),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('connections_name').on(t.workspaceId, t.platform, t.name)],
)

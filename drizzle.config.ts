import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'postgresql', schema: './core/postgres/schema/index.ts', out: './migrations' })

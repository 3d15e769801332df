import { z } from 'zod'

// Workers forbid making code while they run. Imported before any schema is made.
z.config({ jitless: true })

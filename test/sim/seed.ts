/** All that is left to chance follows from it, so the same tables come out every time. */
export const SEED = 2026

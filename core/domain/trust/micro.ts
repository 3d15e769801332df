/**
 * What is summed over many decisions is quantised to millionths when it is recorded and summed as whole numbers, so
 * that a sum does not depend on the order in which it came about.
 */
export const MICRO = 1_000_000

/** A number in whole millionths. */
export const toMicro = (value: number): number => Math.round(value * MICRO)

export const fromMicro = (micros: number): number => micros / MICRO

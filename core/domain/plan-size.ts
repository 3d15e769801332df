/** How many steps a plan may have: more than a person takes in at once is not decided but waved through. */
export const MOST_STEPS = 20

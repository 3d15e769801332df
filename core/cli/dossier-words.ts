import { z } from 'zod'
import { gateCells, TrustGate } from './trust-gate-words.ts'
import { plain, table } from './shown.ts'

/** What a raise is proposed on. */
export const Dossier = z.looseObject({
  gates: z.array(TrustGate),
  accuracy: z.looseObject({ correct: z.number(), judged: z.number(), share: z.number().nullable(), lcb: z.number() }),
  alone: z.looseObject({
    decisions: z.number(),
    same: z.number(),
    unchanged: z.number(),
    wrong: z.number(),
    unjudged: z.number(),
  }),
  worst: z.array(z.looseObject({ action_id: z.string(), title: z.string(), at: z.string(), says: z.string() })),
  exposure: z.looseObject({
    actions: z.number(),
    people: z.number(),
    amount_minor: z.number(),
    most_people: z.number(),
    most_minor: z.number(),
  }),
  unjudged: z.number().nullable(),
})
export type Dossier = z.infer<typeof Dossier>

/** The dossier as lines to be read before somebody decides. */
export const dossierLines = (dossier: Dossier): readonly string[] => [
  table(['HOLDS', 'ASKED FOR'], dossier.gates.map(gateCells)),
  '',
  accuracyWords(dossier.accuracy),
  aloneWords(dossier),
  ...worstLines(dossier.worst),
  exposureWords(dossier.exposure),
]

/** Rounded down, of what is left without the dust of floating point: 0.29 is 29 %. */
const percent = (share: number): string => `${Math.floor(Math.round(share * 1e6) / 1e4)} %`
const number = (count: number): string => count.toLocaleString('en')

function accuracyWords({ correct, judged, share, lcb }: Dossier['accuracy']): string {
  if (share === null) return 'None of it was judged.'
  return `Right in ${correct} of ${judged} judged decisions: ${percent(share)}, and surely ${percent(lcb)} or more.`
}

function aloneWords({ alone, unjudged }: Dossier): string {
  if (unjudged === null) return 'Nothing of it ran yet.'
  const { decisions, same, unchanged, wrong } = alone
  return [
    `Alone, of its last ${decisions}: ${same} would have gone out the same, ${unchanged} without what a person changed, ${wrong} although a person said no.`,
    `Nobody judged ${alone.unjudged} (${percent(unjudged)}).`,
  ].join(' ')
}

function worstLines(worst: Dossier['worst']): readonly string[] {
  if (worst.length === 0) return ['Nothing was wrong with any of them.']
  return ['The worst:', ...worst.map((one) => `  ${one.at}  ${one.action_id}  ${plain(one.title)}: ${plain(one.says)}`)]
}

function exposureWords(exposure: Dossier['exposure']): string {
  const { actions, people, most_people: mostPeople, amount_minor: minor, most_minor: mostMinor } = exposure
  const reached = `${number(actions)} actions, to ${number(people)} people (at most ${number(mostPeople)} at once)`
  const spent =
    minor === 0 ? '' : `, for ${number(minor)} in minor units of money (at most ${number(mostMinor)} at once)`
  return `In the last 30 days: ${reached}${spent}.`
}

import { BANDS, isOutside, valueText } from './figure.ts'
import { type Requirement, type Table, tableText } from './table.ts'

export type Simulation = {
  readonly seed: number
  readonly histories: number
  readonly tables: readonly Table[]
  readonly requirements: readonly Requirement[]
  readonly remarks: readonly string[]
}

/** What goes through the real gate. */
const isSample = ({ name }: Table): boolean => name.startsWith('sample ')

/** `docs/trust-simulation.md`. */
export const simulationPage = (simulation: Simulation): string =>
  `${[heading(simulation), meaning(simulation), required(simulation), measured(simulation), throughGate(simulation), differing(simulation), ASSUMPTIONS].join('\n\n')}\n`

const heading = ({ histories, seed }: Simulation): string => `# What the trust model does, measured

Simulated reviewers judge simulated agents, ${histories.toLocaleString('en-GB')} histories a row, and the model that ships (\`core/domain/trust\`) decides
who may act alone. The true quality of each agent is known here, as it never is outside, so what the model gets right and
wrong can be counted; a sample of the same histories goes through the real gate on a real Postgres. \`npm run sim\` does it
again: a quarter of an hour at most, the same tables every time (seed ${seed}), exit code 1 where a requirement does not
hold. \`-- --rows gates,year\` runs some tables, \`--rows sample\` the real gate alone, \`--histories 200\` is a quick look,
\`--json FILE\` keeps the numbers, \`--write-docs\` writes this page. A short form runs with \`npm test\` (\`test/sim\`).`

function meaning(simulation: Simulation): string {
  const says = (table: string, row: string, column: number): string => {
    const found = simulation.tables.find(({ name }) => name === table)?.rows.find(({ name }) => name === row)?.figures[
      column
    ]
    if (!found) throw new Error(`There is no number ${column} of “${row}” in “${table}”`)
    return valueText(found.unit, found.ours)
  }
  const change = '98 %, then 70 % from decision 366'
  return `## What it means

- **An agent that is not good enough does not get through by luck.** One whose work is acceptable in exactly 80 % of the
  cases, the limit of level 3, is ever let act in ${says('level 3', '80 %', 1)} of the histories. “More than 85 % of ten” lets it through in
  ${says('level 3', '80 %', 4)}, “twenty in a row” in ${says('level 3', '80 %', 6)}, a score of 60 alone in ${says('level 3', '80 %', 8)}.
- **A good agent does not wait long.** At 98 % half of them may act after ${says('level 3', '98 %', 2)} decisions, at 95 % after ${says('level 3', '95 %', 2)}, at 90 %
  after ${says('level 3', '90 %', 2)}; acting with reports only takes ${says('levels 4 and 5', '98 %', 1)} decisions at 98 %, and 90 % is seldom enough for it (${says('levels 4 and 5', '90 %', 0)}).
- **What becomes worse is noticed.** When 30 % fail all of a sudden, level 3 ends after ${says('detection', '30 %', 0)} judged decisions (half of the
  cases), level 4 after ${says('detection', '30 %', 2)}; a rate over 90 days needs ${says('detection', '30 %', 4)}. An agent that fails in 10 % as ever is sent back to level 2
  by mistake once in ${says('false alarms', 'level 3, 10 % failures', 0)} decisions.
- **What a year costs.** A person is asked ${says('a year', '98 %: this model', 0)} times in 730 decisions about an agent of 98 %, and ${says('a year', '98 %: this model', 1)} bad actions go out.
  An agent of 80 % stays under review (${says('a year', '80 %: this model', 0)} asked, ${says('a year', '80 %: this model', 1)} bad actions out; “more than 85 %”: ${says('a year', '80 %: rate > 85 %', 1)}). One that falls from 98 %
  to 70 % half-way does ${says('a year', `${change}: this model`, 1)} bad things under this model and ${says('a year', `${change}: rate > 85 %`, 1)} under “more than 85 %”.
- **The price.** Any rejection at level 4 or 5 sends everything of the category back to review: ${says('a year', '98 %: this model', 3)} returns a year for an
  agent of 98 %. That is intended.
- **Approving without reading promotes nobody.** ${says('theatre', 'approvals in 2–4 s of 40 words and more that are flagged', 0)} of approvals in two to four seconds are flagged, and ${says('theatre', 'genuine reviews of 40 words and more that are flagged', 0)} of genuine ones.

“Acceptable” is what the reviewer of the workspace accepts. The promise is about that judgement; whether it is a good one
is another question.`
}

const required = ({ requirements }: Simulation): string => `## What has to hold

${requirements.map(({ says, holds }) => `- ${holds ? '' : '**Does not hold:** '}${says}.`).join('\n')}`

const measured = ({ tables }: Simulation): string => `## The tables of section 9

Each cell: measured here / on the model's page. **≠** marks a number that is further away than its band: shares
${BANDS.share}, numbers of decisions ${BANDS.decisions}, numbers of actions ${BANDS.actions}, scores ${BANDS.points}. “–”:
fewer than that share of the histories ever came so far, or the page prints no number.

${tables
  .filter((table) => !isSample(table))
  .map((table) => `### ${table.title}\n\n${tableText(table)}`)
  .join('\n\n')}`

const throughGate = ({ tables, remarks }: Simulation): string => `## A sample through the real gate

The use cases on a real Postgres: an agent proposes, a person approves, edits or rejects as it was drawn, the action is
carried out on the stand-in platform and settles after 24 hours, two a day. Where the gate proposes level 3 a person grants
it at once; from then on actions run alone, and of them 60 % are seen and kept or undone. Beside each history the core is
fed with the same outcomes, counted when the gate has to count them, and everything that both keep is compared.

Each cell: the gate (and what 95 of 100 such samples leave room for) / the core alone on the same draws, counted at once
as in the tables above / the model's page. The intervals are exact for shares, by ranks for medians (at least 95 %), and two
standard errors for means (none where all came out alike). With so few histories they are wide: this shows that the gate does what the core says, and
how long its own clocks add; how good the model is, the tables above say.

${tables
  .filter(isSample)
  .map((table) => `### ${table.title}\n\n${tableText(table)}`)
  .join('\n\n')}

${remarks.join('\n\n')}

- *What lies between the gate and the core alone.* An approval counts 24 hours later, when its undo window has closed, so a
  grant comes about a decision later; a rejection counts at once, before the approvals of the day before it. The gate does
  not know how long a person looked (c is .5), nor how bad what was undone was (it is major).
- *What lies between the core alone and the page* is the luck of so few draws: above, 2,000 histories have none of it.
- *Level 4* is not reached here: it needs edge cases, of which these agents have none.`

function differing({ tables }: Simulation): string {
  const outside = tables.flatMap(({ title, columns, rows }) =>
    rows.flatMap(({ name, figures }) =>
      figures.flatMap((one, at) =>
        isOutside(one)
          ? [
              `- ${title}, ${name}, ${columns[at + 1] ?? ''}: ${valueText(one.unit, one.ours)}, not ${valueText(one.unit, one.page ?? Number.NaN)}`,
            ]
          : [],
      ),
    ),
  )
  return `## What differs from the page

${outside.length === 0 ? 'Nothing lies outside its band.' : outside.join('\n')}

${DIFFERENCES}`
}

const DIFFERENCES = `- *The year of the 90 % agent.* The page's other tables speak for the smaller number of reviews: the step to level 3 opens
  after about 105 decisions on average, the 330 or so judged actions after it bring a false alarm in less than every second
  year (one in 743), and the second step takes about 135 more. That is about 165 reviews, not 297. What else the page's
  year counted is not known; nothing was tuned to come nearer.
- *The median at 95 %.* Almost exactly half of the histories open at the 30th decision, the first that may, and hardly any
  between there and the 41st; with a dozen histories more or fewer on one side the median is 30 or about 40.
- *Level 4 at 92 %.* Such an agent's score passes 85 only in good stretches, so the share depends on how often it is edited
  and how long people look, which the page does not say.
- *The score of the 62 % agent.* It rests on the page's own worked value for 62 of 100 (section 3), which gives a little
  less than its table.`

const ASSUMPTIONS = `## What was assumed

Section 9 fixes: 1,000 decisions a history, two a day, attribution not applicable, everything judged. Where it is silent:

- **Rejections** are 30 % major, 50 % minor and 20 % a preference: a mean severity of 0.6, as in the worked values of
  section 3 (but for that of 62 of 100, which has 0.7). With every rejection major the tables do not come out.
- **Edits and time** follow the worked values of section 3: mean q falls in a straight line from .95 at 98 % to .70 at
  62 %, mean c from .80 to .60. An edit is one changed word in a headline (D = .10, q = .72, still y = 1), made as often as
  that takes (at 62 % every time, and mean q is .72). c is 1 where the active time is known and .5 where it is not.
- **The gates** asked are those of the tables: score, 30 cycles, the count of correct ones, the test. Those of the service
  and of the surroundings (benchmarks, walls, edge cases …) hold. Nobody is promoted on the way, so that all steps are
  measured on the same decisions.
- **The rate after 10** is of all decisions so far, from the tenth on.
- **Detection** starts on the first decision after the change with C = 0. The rate of 90 days has an agent of 98 % before it.
- **A year**: each step is taken as soon as its gates are open. An action that a person sees is kept or undone at once;
  one that nobody sees counts as silence. A rejection within 30 days after level 4 was left takes 15 points too
  (section 6). The rate rule looks at 90 days, counts silence as acceptance, and asks again when it falls to 85 %; twenty
  in a row is for good; under both a person sees 30 % of the actions. No audits are drawn.
- **Theatre**: items have 40 to 400 words, all equally often; who stamps takes 2 to 4 s. For who stamps everything one
  item in 13 has fewer than 40 words and cannot be called too fast; without such items the gates would never open,
  with or without the hold.
- **Speed**: the score's window is carried on and its quantiles are kept. In every fiftieth history both are compared with
  the core's own window, score and gates, and the run breaks off where they differ.
- **Three ways**: one decision at a time with the state written and read back after each; replayed from the text of the
  events; and recomputed by \`test/support/plain-trust.ts\`, which shares nothing with the core but the type of an event.`

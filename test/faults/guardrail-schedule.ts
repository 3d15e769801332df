import fc from 'fast-check'

/** How far the clock goes before a step: by minutes, or on to the next such time in the workspace's zone. */
export type Turn =
  | { readonly kind: 'pass'; readonly minutes: number }
  | { readonly kind: 'until'; readonly hour: number; readonly minute: number }

/** What a stop of a schedule covers. */
export const STOPS = [
  { kind: 'workspace' },
  { kind: 'channel', value: 'email' },
  { kind: 'channel', value: 'crm' },
  { kind: 'topic', value: 'braces' },
  { kind: 'platform', value: 'mailchimp' },
  { kind: 'category', value: 'audience' },
  { kind: 'kind', value: 'mailchimp.campaign.schedule' },
  { kind: 'agent', value: 'the agent' },
] as const
export type StopTarget = (typeof STOPS)[number]

/** One thing that somebody does. `pick` chooses among what is there by then; `replica` says by which gate. */
export type Doing =
  | { readonly do: 'add'; readonly contacts: number; readonly inHours: number }
  | { readonly do: 'send'; readonly isOfTopic: boolean; readonly inHours: number }
  /** For so many quarters of an hour after the next. */
  | { readonly do: 'plan'; readonly isOfTopic: boolean; readonly inQuarters: number }
  | { readonly do: 'approve' | 'edit' | 'reject' | 'cancel' | 'undo'; readonly pick: number }
  /** The gate that took the decision dies before it follows it up. */
  | { readonly do: 'approve and die'; readonly pick: number }
  /** A gate dies after so many transactions of an execution. */
  | { readonly do: 'execute and die'; readonly pick: number; readonly after: number }
  | { readonly do: 'consent'; readonly person: number; readonly standing: 'given' | 'withdrawn' }
  | { readonly do: 'join' }
  | { readonly do: 'stop'; readonly target: StopTarget }
  | { readonly do: 'resume' | 'sweep' }
  /** Percent of the caps that hold. */
  | { readonly do: 'lower caps'; readonly to: number }

export type Step = {
  readonly turn: Turn | null
  /** All at once, each a few turns of the loop later than it could. */
  readonly doings: readonly { readonly doing: Doing; readonly replica: 0 | 1; readonly lag: number }[]
}

export type Schedule = {
  readonly startsInDays: number
  /** Whether small adds run without a person. */
  readonly isTrusted: boolean
  readonly faultSeed: number
  readonly steps: readonly Step[]
}

export const PATIENTS = 6

const pick = fc.nat(30)
const inHours = fc.constantFrom(0, 0, 0, 1, 5, 9, 20)

const consent = fc.record({
  do: fc.constant('consent' as const),
  person: fc.nat(PATIENTS),
  standing: fc.constantFrom('given' as const, 'withdrawn' as const, 'withdrawn' as const),
})
const stop = fc.record({ do: fc.constant('stop' as const), target: fc.constantFrom(...STOPS) })

const doing: fc.Arbitrary<Doing> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('add' as const), contacts: fc.integer({ min: 1, max: 3 }), inHours }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), isOfTopic: fc.boolean(), inHours }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('plan' as const), isOfTopic: fc.boolean(), inQuarters: fc.nat(12) }),
  },
  { weight: 9, arbitrary: fc.record({ do: fc.constant('approve' as const), pick }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('edit', 'reject', 'cancel', 'undo'), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('approve and die' as const), pick }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('execute and die' as const), pick, after: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 4, arbitrary: consent },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('join' as const) }) },
  { weight: 2, arbitrary: stop },
  { weight: 9, arbitrary: fc.record({ do: fc.constantFrom('resume', 'sweep', 'sweep') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lower caps' as const), to: fc.integer({ min: 60, max: 95 }) }) },
)

/** Into and out of the quiet hours, over midnight, over the night in which the clocks change, past an expiry. */
const turn: fc.Arbitrary<Turn> = fc.oneof(
  fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(1, 10, 60, 300, 1440, 10_081) }),
  fc
    .constantFrom(
      [9, 0],
      [9, 0],
      [9, 0],
      [9, 0],
      [9, 0],
      [9, 0],
      [19, 59],
      [20, 1],
      [23, 59],
      [0, 1],
      [1, 58],
      [3, 1],
      [7, 59],
      [8, 1],
    )
    .map(([hour = 0, minute = 0]) => ({ kind: 'until' as const, hour, minute })),
)

const together = (one: fc.Arbitrary<Doing>, from: number, to: number, lag: number): fc.Arbitrary<Step['doings']> =>
  fc.array(fc.record({ doing: one, replica: fc.constantFrom(0 as const, 1 as const), lag: fc.nat(lag) }), {
    minLength: from,
    maxLength: to,
    size: 'max',
  })

/** What is about to go out, while somebody stops it or withdraws. */
const race: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('approve' as const), pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), pick }) },
  { weight: 3, arbitrary: stop },
  { weight: 1, arbitrary: consent },
)

const step: fc.Arbitrary<Step> = fc.record({
  turn: fc.option(turn, { freq: 1 }),
  doings: fc.oneof(
    { weight: 3, arbitrary: together(doing, 1, 7, 20) },
    { weight: 1, arbitrary: together(race, 3, 7, 80) },
  ),
})

/** In the morning something is let through for an hour later and stopped; the hour comes. */
const stoppedBefore: fc.Arbitrary<readonly Step[]> = fc
  .record({ stopping: stop, isOfTopic: fc.boolean(), replica: fc.constantFrom(0 as const, 1 as const) })
  .map(({ stopping, isOfTopic, replica }) => {
    const all = (...doings: readonly Doing[]) => doings.map((one) => ({ doing: one, replica, lag: 0 }))
    return [
      { turn: { kind: 'until', hour: 9, minute: 0 }, doings: all({ do: 'resume' }) },
      { turn: null, doings: all({ do: 'send', isOfTopic, inHours: 1 }, { do: 'add', contacts: 1, inHours: 1 }) },
      { turn: null, doings: all(...[0, 1, 2, 3].map((one) => ({ do: 'approve' as const, pick: one }))) },
      { turn: null, doings: all(stopping) },
      { turn: { kind: 'pass', minutes: 60 }, doings: all({ do: 'sweep' }) },
    ]
  })

/** In the morning a campaign is planned for a quarter past; somebody does something; its time comes. */
const plannedAhead: fc.Arbitrary<readonly Step[]> = fc
  .record({ meanwhile: fc.oneof(consent, consent, stop), isOfTopic: fc.boolean() })
  .map(({ meanwhile, isOfTopic }) => {
    const all = (...doings: readonly Doing[]) => doings.map((one) => ({ doing: one, replica: 0 as const, lag: 0 }))
    return [
      { turn: { kind: 'until', hour: 9, minute: 0 }, doings: all({ do: 'resume' }) },
      { turn: null, doings: all({ do: 'plan', isOfTopic, inQuarters: 0 }) },
      { turn: null, doings: all(...[0, 1, 2, 3].map((one) => ({ do: 'approve' as const, pick: one }))) },
      { turn: null, doings: all(meanwhile) },
      { turn: { kind: 'pass', minutes: 15 }, doings: all({ do: 'sweep' }) },
    ]
  })

export const schedules: fc.Arbitrary<Schedule> = fc.record({
  // The clocks change on the fourth day; the month ends on the twenty-eighth.
  startsInDays: fc.constantFrom(0, 3, 26),
  isTrusted: fc.boolean(),
  faultSeed: fc.nat(),
  steps: fc
    .array(
      fc.oneof(
        { weight: 12, arbitrary: step.map((one): readonly Step[] => [one]) },
        { weight: 1, arbitrary: stoppedBefore },
        { weight: 2, arbitrary: plannedAhead },
      ),
      { minLength: 12, maxLength: 22, size: 'max' },
    )
    .map((parts) => parts.flat()),
})

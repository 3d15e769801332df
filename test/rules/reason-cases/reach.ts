import { type Case, long, unbroken } from './case.ts'

const huge = Number.MAX_SAFE_INTEGER

/** What it costs, and whom it reaches. */
export const REACH: Readonly<Record<string, readonly Case[]>> = {
  amount: [
    { policy: { cap: huge - 1 }, given: { amountMinor: huge }, shows: [/costs .+;/, /cost .+ at most/] },
    { policy: { ask_above: huge - 1 }, given: { amountMinor: huge }, shows: [/costs .+;/, /above .+ a person/] },
    {
      policy: { cap: 1_000_000_000 },
      given: { amountMinor: 30_000_000_000, perDayMinor: 1_000_000_000 },
      shows: [/in 30 days \(.+ a day\);/, /cost .+ at most/],
    },
    {
      policy: { ask_above: huge - 1 },
      given: { amountMinor: huge, perDayMinor: huge },
      shows: [/in 30 days \(.+ a day\);/, /above .+ a person/],
    },
  ],
  exposure: [
    {
      policy: { people: { cap: huge - 1 } },
      given: { people: huge },
      shows: [/reaches .+ people/, /reach .+ at most/],
    },
    {
      policy: { people: { ask_above: huge - 1 } },
      given: { people: huge },
      shows: [/reaches .+ people/, /above .+ a person/],
    },
    {
      policy: { list_share: { cap: 0.3333333333333333 } },
      given: { people: huge - 1, listSize: huge },
      shows: [/reaches .+ % of the list/, /at most .+ %/],
    },
    {
      policy: { list_share: { ask_above: 0.3333333333333333 } },
      given: { people: huge - 1, listSize: huge },
      shows: [/reaches .+ % of the list/, /above .+ % a person/],
    },
    { policy: { list_share: { cap: 1 / 3 } }, given: { listSize: null }, shows: ['could not be found out', '%'] },
  ],
  regions: [
    {
      policy: { allow: [long, unbroken] },
      given: { regions: [unbroken.slice(1)] },
      shows: [/reaches “.+”/, /regions: .+\./],
    },
    {
      policy: { allow: ['Utah', 'Ohio', 'Iowa', 'Maine'] },
      given: { regions: [long] },
      shows: [/reaches “.+”/, 'Utah, Ohio, Iowa, Maine'],
    },
    { policy: { deny: [long] }, given: { regions: [long] }, shows: [/reaches “.+”/, 'nothing may go out'] },
    { policy: { deny: [long] }, given: { regions: null }, shows: ['not known', 'limited'] },
  ],
  segments: [
    {
      policy: { allow: [unbroken, long] },
      given: { segment: unbroken.slice(1) },
      shows: [/to “.+”/, /segments: .+\./],
    },
    { policy: { deny: [long] }, given: { segment: long }, shows: [/to “.+”/, 'nothing may go to'] },
    { policy: { deny: [long] }, given: { segment: null }, shows: ['not known', 'limited'] },
  ],
}

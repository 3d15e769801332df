import { sendWindows } from '../../core/rules/guardrails/send-windows.ts'
import { judge } from './judge.ts'

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']
export const office = { windows: [{ days: weekdays, from: '09:00', to: '17:00' }] }

/** What the section says of a newsletter that is planned for a time. */
export const said = (rule: object, plannedAt: string, given: object = {}) =>
  judge(sendWindows, [rule], { plannedAt: new Date(plannedAt), ...given })
export const texts = (rule: object, plannedAt: string, given: object = {}) =>
  said(rule, plannedAt, given).map(({ text }) => text)

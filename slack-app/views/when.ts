import { DateTime } from 'luxon'
import type { ViewContext } from './view-context.ts'

/** Drawn by Slack in the reader's own zone; where it cannot (mail, logs), in the workspace's. */
export function when(at: Date, ctx: ViewContext): string {
  const unix = Math.floor(at.getTime() / 1000)
  return `<!date^${unix}^{date_short_pretty} at {time}|${whenText(at, ctx)}>`
}

/** For plain text, in the workspace's zone: "Tue 24 Nov, 14:05". */
export function whenText(at: Date, ctx: ViewContext): string {
  const local = DateTime.fromJSDate(at, { zone: ctx.timeZone }).setLocale(ctx.locale)
  // An unknown zone must not take the card down; UTC says that it is UTC.
  return local.isValid ? local.toFormat('ccc d LLL, HH:mm') : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** The day alone, in the reader's own zone. */
export const onDay = (at: Date, ctx: ViewContext): string =>
  `<!date^${Math.floor(at.getTime() / 1000)}^{date_short}|${whenText(at, ctx).split(',')[0] ?? ''}>`

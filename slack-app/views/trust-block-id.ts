import { z } from 'zod'
import { type IdOf, isId, type NoticeId, type PromotionId } from '../../core/domain/ids.ts'

type Prefix = 'prm' | 'ntc'

/** What the buttons of a card about trust act on, and which version of it the person saw. */
export type ShownTrust<P extends Prefix = Prefix> = { readonly subject: IdOf<P>; readonly version: number }

/** The `block_id` of the buttons; it changes with every version, as Slack asks of an updated message. */
export const trustBlockIdOf = (shown: { readonly id: PromotionId | NoticeId; readonly version: number }): string =>
  `${shown.id}:${shown.version}`

const PATTERN = /^([a-z]{3}_[0-9a-z]{1,40}):(\d{1,12})$/

const shownSchema = <P extends Prefix>(prefix: P) =>
  z.string().transform((text, ctx): ShownTrust<P> => {
    const [, subject = '', version] = PATTERN.exec(text) ?? []
    if (!isId(prefix, subject)) {
      ctx.addIssue({ code: 'custom', message: 'not a block of ours' })
      return z.NEVER
    }
    return { subject, version: Number(version) }
  })

/** Parses the pressed block of a promotion's card; anything else fails. */
export const ShownPromotionSchema = shownSchema('prm')

/** Parses the pressed block of a notice; anything else fails. */
export const ShownNoticeSchema = shownSchema('ntc')

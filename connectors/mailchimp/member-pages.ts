import { err, ok } from '../../core/domain/result.ts'
import type { Answer } from '../define.ts'
import type { ListedMember, MemberPage } from './wire.ts'

/** The most that Mailchimp gives at once. */
export const PAGE = 1000
/** Of the ten connections that a user has. */
const AT_ONCE = 4

/**
 * Everybody on all pages. Pages are read by their place: a list that grew or shrank meanwhile might lose somebody between
 * two of them, so it counts as not read, and is read again later.
 */
export async function allPages(read: (offset: number) => Answer<MemberPage>): Answer<readonly ListedMember[]> {
  const first = await read(0)
  if (!first.ok) return first
  const { members, total_items: total } = first.value
  const found = [...members]
  const offsets = Array.from({ length: Math.max(0, Math.ceil(total / PAGE) - 1) }, (_, page) => (page + 1) * PAGE)
  while (offsets.length > 0) {
    const pages = await Promise.all(offsets.splice(0, AT_ONCE).map(read))
    for (const page of pages) {
      if (!page.ok) return page
      if (page.value.total_items !== total) return err({ kind: 'unavailable' })
      found.push(...page.value.members)
    }
  }
  return found.length === total ? ok(found) : err({ kind: 'unavailable' })
}

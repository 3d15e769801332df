import { categoryWords } from '../../core/domain/category.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { countWords, peopleWords } from './amounts.ts'
import { context, header, type Message, section } from './blocks.ts'
import { fitMessage } from './limits.ts'
import type { ViewContext } from './view-context.ts'

/** What ran by itself in the period: counts by category, the people reached, what was undone. */
export function digestMessage(ran: readonly ActionView[], period: 'week' | 'month', ctx: ViewContext): Message {
  const title = period === 'week' ? 'What ran by itself this week' : 'What ran by itself this month'
  const counts = new Map<string, number>()
  for (const action of ran) {
    const words = categoryWords(action.category)
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  const lines = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([words, count]) => `•  ${countWords(count, ctx)} × ${words}`)
  const people = ran.reduce((sum, action) => sum + (action.reach?.people ?? 0), 0)
  const undone = ran.filter((action) => action.state === 'undone').length
  const closing = [
    people === 0 ? 'Nobody was contacted' : `${peopleWords(people, ctx)} reached`,
    undone === 0 ? 'nothing was undone' : `${countWords(undone, ctx)} undone`,
    '/tenure queue shows what waits',
  ]
  return fitMessage({
    text: `${title}: ${countWords(ran.length, ctx)}`,
    blocks: [header(title), section(lines.join('\n')), context(closing.join('  ·  '))],
  })
}

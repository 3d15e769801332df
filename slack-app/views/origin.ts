import type { ActionView, Evidence, RequestedBy } from '../../core/gate/views.ts'
import { type Block, context, section } from './blocks.ts'
import { fence, link, quote, safeUrl } from './mrkdwn.ts'
import { memberNamed, personWords, type ViewContext } from './view-context.ts'

/** Who asked for it, in their own words where they are known; who prepared it. */
export function originBlocks(
  subject: { readonly requestedBy: RequestedBy | null; readonly agent: ActionView['agent'] },
  ctx: ViewContext,
): Block[] {
  const { requestedBy, agent } = subject
  const prepared = `Prepared by ${fence(agent.name)}`
  if (requestedBy === null) return [context(prepared)]
  const who = personWords(requestedBy.member, ctx)
  // Whom nobody here knows is only what the proposer says.
  const asked = memberNamed(requestedBy.member, ctx)
    ? `Asked for by ${who} · ${prepared}`
    : `${prepared} · says it was asked by ${who}`
  const words = requestedBy.words?.trim()
  return words ? [context(asked), section(quote(words.slice(0, 600)))] : [context(asked)]
}

/** A picture of the finished thing, or the way to see it. */
export function finishedThing(preview: ActionView['preview'], evidence: readonly Evidence[]): Block[] {
  const links = [
    ...(preview.openUrl === undefined ? [] : [link(preview.openUrl, 'See it finished')]),
    ...evidence.slice(0, 8).map((one) => link(one.url, one.label)),
  ]
  const image = preview.imageUrl === undefined ? null : imageUrl(preview.imageUrl)
  return [
    ...(image === null ? [] : [{ type: 'image' as const, image_url: image, alt_text: preview.title }]),
    ...(links.length === 0 ? [] : [context(links.join('  ·  '))]),
  ]
}

const imageUrl = (url: string): string | null => (safeUrl(url) === null ? null : new URL(url).href)

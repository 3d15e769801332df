import type { SandboxMessage, SandboxWorld } from '../world.ts'
import { BlocksView } from './blocks-view.tsx'
import { Markup } from './mrkdwn-nodes.tsx'

/** A channel as one person sees it; replies stand under what they answer. */
export function MessagesView({ channel, user, world }: { channel: string; user: string; world: SandboxWorld }) {
  const visible = world.visible(channel, user)
  const top = visible.filter((message) => message.threadTs === null || message.broadcast)
  if (top.length === 0) return <p class="empty">Nothing here yet. Cards appear as soon as something is proposed.</p>
  return (
    <ol class="messages">
      {top.map((message) => (
        <li>
          <MessageView message={message} world={world} />
          <Replies of={message} visible={visible} world={world} />
        </li>
      ))}
    </ol>
  )
}

function Replies({
  of,
  visible,
  world,
}: {
  of: SandboxMessage
  visible: readonly SandboxMessage[]
  world: SandboxWorld
}) {
  const replies = visible.filter((message) => message.threadTs === of.ts && of.threadTs === null)
  if (replies.length === 0) return <></>
  return (
    <ol class="thread" aria-label="Replies">
      {replies.map((reply) => (
        <li>
          <MessageView message={reply} world={world} />
        </li>
      ))}
    </ol>
  )
}

function MessageView({ message, world }: { message: SandboxMessage; world: SandboxWorld }) {
  const author = message.user === null ? 'Tenure' : (world.user(message.user)?.name ?? 'Someone')
  const isPrivate = message.onlyFor !== null
  return (
    <article
      class={`message ${isPrivate ? 'private' : ''}`}
      data-ts={message.ts}
      data-channel={message.channel}
      data-private={isPrivate ? 'true' : undefined}
    >
      <div class={`avatar ${message.user === null ? 'app' : ''}`} aria-hidden="true">
        {author.slice(0, 1)}
      </div>
      <div class="body">
        <p class="meta">
          <strong>{author}</strong>
          {message.user === null && <span class="badge">app</span>}
          <time class="clock" datetime={new Date(Number(message.ts) * 1000).toISOString()} />
          {message.broadcast && <span class="note">also sent to the channel</span>}
          {isPrivate && <span class="note">only you can see this</span>}
        </p>
        {message.blocks.length > 0 ? (
          <BlocksView blocks={message.blocks} world={world} />
        ) : (
          <p class="said">
            <Markup text={message.text} world={world} />
          </p>
        )}
      </div>
    </article>
  )
}

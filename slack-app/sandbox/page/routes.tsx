import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { z } from 'zod'
import type { Interact } from '../interact.ts'
import type { SandboxChannel, SandboxMessage, SandboxUser, SandboxWorld } from '../world.ts'
import { MessagesView } from './messages-view.tsx'
import { ModalView } from './modal-view.tsx'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'

const User = z.object({ user: z.string() })
const InChannel = User.extend({ channel: z.string(), text: z.string().min(1).max(4_000) })
const PressBody = User.extend({
  channel: z.string(),
  ts: z.string(),
  blockId: z.string(),
  actionId: z.string(),
  option: z.string().optional(),
})
const SubmitBody = User.extend({ fill: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])) })

/** The page on which a person plays everyone in the team, and the addresses that its script uses. */
export function pageRoutes(world: SandboxWorld, interact: Interact, base: string): Hono {
  const app = new Hono()
  app.get('/', (c) => {
    const user = world.user(c.req.query('user') ?? '') ?? world.users[0]
    const channel = world.channel(c.req.query('channel') ?? '') ?? world.channels[0]
    if (user === undefined || channel === undefined) return c.text('The stand-in has no users or no channels', 500)
    return c.html(html`<!doctype html>${<Page world={world} user={user} channel={channel} base={base} />}`)
  })
  app.get('/changes', async (c) => {
    if (Number(c.req.query('revision')) === world.revision) return c.body(null, 204)
    const { revision } = world
    const user = c.req.query('user') ?? ''
    const modal = world.modal(user)
    const messages = await html`${<MessagesView channel={c.req.query('channel') ?? ''} user={user} world={world} />}`
    const form = modal === undefined ? '' : await html`${<ModalView modal={modal} world={world} />}`
    return c.json({
      revision,
      messages,
      modal: modal === undefined ? null : { id: modal.id, revision: modal.revision, html: form },
    })
  })
  app.get('/messages', (c) => {
    const user = c.req.query('user') ?? ''
    const visible = world.visible(c.req.query('channel') ?? '', user)
    // Who looks again and again asks for what came since: a year of messages is long.
    const after = c.req.query('after')
    const seen = after === undefined ? visible : visible.filter(({ ts }) => Number(ts) > Number(after))
    const shown = ({ ts, user: by, text, blocks }: SandboxMessage) => ({ ts, user: by, text, blocks })
    const modal = world.modal(user)
    return c.json({
      messages: seen
        .filter(({ threadTs, broadcast }) => threadTs === null || broadcast)
        .map((top) => ({ ...shown(top), replies: seen.filter(({ threadTs }) => threadTs === top.ts).map(shown) })),
      form: modal === undefined ? null : { callback_id: modal.view.callback_id ?? null, errors: modal.errors },
    })
  })
  app.post('/press', async (c) => {
    const { option, ...body } = PressBody.parse(await c.req.json())
    return c.json(await interact.press({ ...body, ...(option !== undefined && { option }) }))
  })
  app.post('/submit', async (c) => c.json(await interact.submit(SubmitBody.parse(await c.req.json()))))
  app.post('/close', async (c) => c.json(interact.close(User.parse(await c.req.json()).user)))
  app.post('/command', async (c) => c.json(await interact.command(InChannel.parse(await c.req.json()))))
  app.post('/say', async (c) => c.json(await interact.say(InChannel.parse(await c.req.json()))))
  return app
}

type PageProps = { world: SandboxWorld; user: SandboxUser; channel: SandboxChannel; base: string }

function Page({ world, user, channel, base }: PageProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>#{channel.name} · Practice chat</title>
        <link rel="icon" href="data:," />
        <style>{raw(STYLE)}</style>
      </head>
      <body data-base={base} data-channel={channel.id}>
        <aside class="side">
          <div>
            <h1>Practice chat</h1>
            <p>Stands in for Slack on this machine. Nothing leaves it.</p>
          </div>
          <div>
            <label for="viewer">You are</label>
            <select id="viewer">
              {world.users.map((one) => (
                <option value={one.id} selected={one.id === user.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </div>
          <nav aria-label="Channels">
            {world.channels.map((one) => (
              <a
                href={`${base}?user=${user.id}&channel=${one.id}`}
                aria-current={one.id === channel.id ? 'page' : undefined}
              >
                # {one.name}
              </a>
            ))}
          </nav>
        </aside>
        <main>
          <header>
            <h2># {channel.name}</h2>
            <span>as {user.name}</span>
          </header>
          <div id="scroll" tabindex={0} role="log" aria-label="Messages" />
          <form id="composer" autocomplete="off">
            <label class="visually-hidden" for="say">
              Message or command
            </label>
            <input id="say" name="text" placeholder="Write something, or a command such as /tenure queue" />
            <button class="btn primary" type="submit">
              Send
            </button>
          </form>
        </main>
        <dialog id="dialog" aria-labelledby="modal-title" />
        <div id="toast" role="status" />
        <script>{raw(SCRIPT)}</script>
      </body>
    </html>
  )
}

/** The parts of the Workers runtime that we use, as it describes them. */
export type Hyperdrive = { readonly connectionString: string }
export type Fetcher = { fetch(request: Request | string, init?: RequestInit): Promise<Response> }
export type Queue = { send(body: unknown, options?: { readonly delaySeconds?: number }): Promise<unknown> }
export type ObjectNamespace = { idFromName(name: string): object; get(id: object): Fetcher }

export type ExecutionContext = { waitUntil(work: Promise<unknown>): void }
export type ObjectState = {
  readonly storage: { getAlarm(): Promise<number | null>; setAlarm(atMs: number): Promise<void> }
}
export type Message = { readonly body: unknown; ack(): void; retry(): void }
export type MessageBatch = { readonly messages: readonly Message[] }

/** Bindings and variables by name, as `wrangler.toml` and the secrets give them. */
export type Env = Readonly<Record<string, unknown>>

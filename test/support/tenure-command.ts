import type { ProgramDeps } from '../../core/cli/program-deps.ts'
import { createProgram } from '../../core/cli/tenure.ts'
import { ok } from '../../core/domain/result.ts'
import { verifySignature } from '../../core/postgres/ledger-key.ts'
import { fakeGate, type FakeGate } from './fake-gate.ts'
import { httpApp } from './http-app.ts'

/** The program against the real HTTP app over a fake gate. */
export async function tenure(args: string, given: Partial<ProgramDeps> & { readonly gate?: FakeGate } = {}) {
  const gate = given.gate ?? fakeGate()
  const { app } = httpApp({ gate })
  const said = { out: '', err: '' }
  const asked: string[] = []
  const program = createProgram({
    fetch: async (url, init) => {
      asked.push(`${init.method} ${url}`)
      return app.request(url, init)
    },
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    env: { TENURE_ADMIN_TOKEN: 'owner-token' },
    readFile: () => Promise.resolve(null),
    readLines: () => null,
    writeLines: () => Promise.resolve(ok(undefined)),
    verifySignature,
    stdin: () => Promise.resolve(null),
    migrate: () => Promise.resolve(ok([])),
    install: () => Promise.resolve(ok('wks_one')),
    ...given,
  })
  const exitCode = await program.run(args.match(/'[^']*'|\S+/g)?.map((word) => word.replaceAll("'", '')) ?? [])
  return { exitCode, ...said, asked, calls: gate.calls }
}

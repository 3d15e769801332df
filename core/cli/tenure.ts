import { Command, CommanderError } from 'commander'
import { z } from 'zod'
import type { Result } from '../domain/result.ts'
import { addConnectionCommand } from './commands/add-connection.ts'
import { addMemberCommand } from './commands/add-member.ts'
import { adoptLedgerCommand } from './commands/adopt-ledger.ts'
import { changeAgentCommand } from './commands/change-agent.ts'
import { changeMemberCommand } from './commands/change-member.ts'
import { compareRolloutCommand } from './commands/compare-rollout.ts'
import { automaticCommand } from './commands/automatic.ts'
import { createAgentCommand } from './commands/create-agent.ts'
import { declinePromotionCommand } from './commands/decline-promotion.ts'
import { delegationCommands } from './commands/delegations.ts'
import { enableCallbackCommand } from './commands/enable-callback.ts'
import { eraseDetailsCommand } from './commands/erase-details.ts'
import { erasePersonCommand } from './commands/erase-person.ts'
import { explainTrustCommand } from './commands/explain-trust.ts'
import { exportLedgerCommand } from './commands/export-ledger.ts'
import { exportPersonCommand } from './commands/export-person.ts'
import { grantPromotionCommand } from './commands/grant-promotion.ts'
import { handBackCommand } from './commands/hand-back.ts'
import { ledgerHeadCommand } from './commands/ledger-head.ts'
import { installCommand } from './commands/install.ts'
import { listAgentsCommand } from './commands/list-agents.ts'
import { listCallbacksCommand } from './commands/list-callbacks.ts'
import { listGrantsCommand } from './commands/list-grants.ts'
import { issueTokenCommand } from './commands/issue-token.ts'
import { listMembersCommand } from './commands/list-members.ts'
import { listPromotionsCommand } from './commands/list-promotions.ts'
import { listTrustCommand } from './commands/list-trust.ts'
import { mendConnectionCommand } from './commands/mend-connection.ts'
import { renewWebhookCommand } from './commands/renew-webhook.ts'
import { applyPolicyCommand } from './commands/policy/apply.ts'
import { backtestPolicyCommand } from './commands/policy/backtest.ts'
import { checkPolicyCommand } from './commands/policy/check.ts'
import { confirmPolicyCommand } from './commands/policy/confirm.ts'
import { diffPolicyCommand } from './commands/policy/diff.ts'
import { explainPolicyCommand } from './commands/policy/explain.ts'
import { rollBackPolicyCommand } from './commands/policy/rollback.ts'
import { testPolicyCommand } from './commands/policy/test.ts'
import { policyTrialCommands } from './commands/policy/trial.ts'
import { listPoliciesCommand } from './commands/policy/versions.ts'
import { migrateCommand } from './commands/migrate.ts'
import { planRolloutCommand } from './commands/plan-rollout.ts'
import { queueCommand } from './commands/queue.ts'
import { rebuildTrustCommand } from './commands/rebuild-trust.ts'
import { recordConsentCommand } from './commands/record-consent.ts'
import { reclaimLevelCommand } from './commands/reclaim-level.ts'
import { replayCallbacksCommand } from './commands/replay-callbacks.ts'
import { resumeCommand } from './commands/resume.ts'
import { setGrantCommand } from './commands/set-grant.ts'
import { showPromotionCommand } from './commands/show-promotion.ts'
import { statusCommand } from './commands/status.ts'
import { stopCommand } from './commands/stop.ts'
import { suppressPersonCommands } from './commands/suppress-person.ts'
import { verifyLedgerCommand } from './commands/verify-ledger.ts'
import { connect } from './connect.ts'
import { EXIT, exitCodeOf, type Failure, failureWords } from './failure.ts'
import type { ProgramDeps } from './program-deps.ts'
import type { Run, RunAlone, Shown } from './shown.ts'

const GlobalOptions = z.object({
  url: z.string().optional(),
  token: z.string().optional(),
  json: z.boolean().optional(),
})

const HELP = `
Exit codes: 0 done, 1 refused or failed, 2 used wrongly, 3 no gate answers.
The token is taken from --token, TENURE_ADMIN_TOKEN, or owner-token in TENURE_DATA_DIR (default .tenure).`

/** The `tenure` command. `run` takes the arguments after the program's name and answers the exit code. */
export function createProgram(deps: ProgramDeps): { run(args: readonly string[]): Promise<number> } {
  let exitCode: number = EXIT.done

  function show(command: Command, outcome: Result<Shown, Failure>): void {
    const { json = false } = GlobalOptions.parse(command.optsWithGlobals())
    if (!outcome.ok) {
      exitCode = exitCodeOf(outcome.error)
      const words = failureWords(outcome.error)
      deps.err(`${json ? JSON.stringify({ error: outcome.error.kind, says: words }) : words}\n`)
      return
    }
    exitCode = outcome.value.exitCode ?? EXIT.done
    deps.out(`${json ? JSON.stringify(outcome.value.json) : outcome.value.text}\n`)
  }

  const run: Run = async (command, work) => {
    const gate = await connect(deps, GlobalOptions.parse(command.optsWithGlobals()))
    show(command, gate.ok ? await work(gate.value) : gate)
  }
  const runAlone: RunAlone = async (command, work) => show(command, await work())

  return {
    async run(args) {
      exitCode = EXIT.done
      try {
        await build(deps, run, runAlone).parseAsync(args, { from: 'user' })
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error
        return error.exitCode === 0 ? EXIT.done : EXIT.usage
      }
      return exitCode
    },
  }
}

function build(deps: ProgramDeps, run: Run, runAlone: RunAlone): Command {
  const program = new Command('tenure')
    .description('Speaks to the running gate.')
    .option('--url <address>', 'the gate (default: TENURE_URL, or http://127.0.0.1:8787)')
    .option('--token <token>', 'a member token (better: TENURE_ADMIN_TOKEN)')
    .option('--json', 'answers for machines')
    .addHelpText('after', HELP)
    .exitOverride()
    .configureOutput({ writeOut: deps.out, writeErr: deps.err })
  statusCommand(program, run)
  queueCommand(program, run)
  stopCommand(program, run)
  resumeCommand(program, run)
  const agent = program.command('agent').description('who proposes')
  createAgentCommand(agent, run)
  listAgentsCommand(agent, run)
  changeAgentCommand(agent, run)
  const member = program.command('member').description('the people of the workspace')
  addMemberCommand(member, run)
  listMembersCommand(member, run)
  changeMemberCommand(member, run)
  issueTokenCommand(member, run)
  delegationCommands(program.command('delegation').description('who decides while a person is away'), run)
  const callbacks = program.command('callbacks').description('where agents are told what became of their proposals')
  listCallbacksCommand(callbacks, run)
  replayCallbacksCommand(callbacks, run)
  enableCallbackCommand(callbacks, run)
  const connection = program.command('connection').description('the platforms')
  addConnectionCommand(connection, run, deps)
  mendConnectionCommand(connection, run, deps)
  renewWebhookCommand(connection, run)
  const trust = program.command('trust').description('what the evidence of each scope comes to')
  listTrustCommand(trust, run)
  explainTrustCommand(trust, run)
  rebuildTrustCommand(trust, run)
  const rollout = program.command('rollout').description('from an audit of workflows to levels, step by step')
  planRolloutCommand(rollout, run, deps)
  compareRolloutCommand(rollout, run)
  listGrantsCommand(program, run)
  setGrantCommand(program, run)
  reclaimLevelCommand(program, run)
  handBackCommand(program, run)
  listPromotionsCommand(program, run)
  const promotion = program.command('promotion').description('one proposal of more autonomy, with what it rests on')
  showPromotionCommand(promotion, run)
  grantPromotionCommand(promotion, run)
  declinePromotionCommand(promotion, run)
  automaticCommand(program, run)
  const policy = program.command('policy').description('the guardrails, as a file')
  checkPolicyCommand(policy, run, deps)
  testPolicyCommand(policy, run, deps)
  diffPolicyCommand(policy, run, deps)
  backtestPolicyCommand(policy, run, deps)
  applyPolicyCommand(policy, run, deps)
  confirmPolicyCommand(policy, run)
  rollBackPolicyCommand(policy, run)
  policyTrialCommands(policy, run, deps)
  listPoliciesCommand(policy, run)
  explainPolicyCommand(policy, run)
  const people = program.command('people').description('whom messages reach, and what they agreed to')
  recordConsentCommand(people, run)
  suppressPersonCommands(people, run)
  exportPersonCommand(people, run)
  erasePersonCommand(people, run)
  const ledger = program.command('ledger').description('the sealed record')
  verifyLedgerCommand(ledger, runAlone, deps)
  exportLedgerCommand(ledger, run, deps)
  ledgerHeadCommand(ledger, run)
  adoptLedgerCommand(ledger, run, deps)
  eraseDetailsCommand(ledger, run)
  migrateCommand(program, runAlone, deps)
  installCommand(program, runAlone, deps)
  return program
}

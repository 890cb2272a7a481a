import { setTimeout as pause } from 'node:timers/promises'
import { messageOf, NotAnswered } from './calls.ts'
import { type Claim, cannotTell, type Finding, type Json, no } from './claim.ts'
import { isOfCallback } from './claims/callback.ts'
import type { TestContext } from './context.ts'

/** ms for one claim. */
export const claimLimit = 45_000
const settled = 30 // ms in which an error that nobody catches shows
const seconds = claimLimit / 1000
const didNotEnd = no({ ja: `${seconds}秒たっても終わらない`, en: `it did not end within ${seconds} s` }, null)

/** Runs one claim. Never throws and never hangs: whatever goes wrong becomes the finding. */
export async function runClaim(claim: Claim, context: TestContext): Promise<Finding> {
  const before = context.uncaught.length
  const timeUp = pause(claimLimit, didNotEnd, { ref: false })
  const found = await Promise.race([claim.check(context), timeUp]).catch(failed)
  await pause(settled)
  const uncaught = context.uncaught.slice(before).filter(({ error }) => !isOfCallback(error))
  const [first] = uncaught
  if (!first) return found
  const shown: Json = uncaught.slice(0, 3).map(({ kind, error }) => `${kind}: ${messageOf(error)}`)
  return no(
    {
      ja: `誰も捕まえないエラーがプロセスを終わらせる: ${messageOf(first.error)}`,
      en: `an error that nobody catches would end the process: ${messageOf(first.error)}`,
    },
    { uncaught: shown, instead: found.instead?.en ?? null, evidence: found.evidence },
  )
}

/** A store that does not answer breaks the claim; any other error is not the store's. */
const failed = (error: unknown): Finding =>
  error instanceof NotAnswered
    ? no(error.words, null)
    : cannotTell({
        ja: `調べられなかった: ${messageOf(error)}`,
        en: `it could not be tried: ${messageOf(error)}`,
      })

import { type Bench, pause } from './bench.ts'
import { messageOf, NotAnswered } from './calls.ts'
import { type Claim, cannotTell, type Found, type Json, no } from './claim.ts'
import { isOfCallback } from './claims/callback.ts'

/** ms for one claim. */
export const claimLimit = 45_000
const settled = 30 // ms in which an error that nobody catches shows

/** Runs one claim. It never throws and never hangs: what goes wrong is what was found. */
export async function runClaim(claim: Claim, bench: Bench): Promise<Found> {
  const before = bench.uncaught.length
  const found = await limited(claim.check(bench)).catch(failed)
  await pause(settled)
  const uncaught = bench.uncaught.slice(before).filter(({ error }) => !isOfCallback(error))
  const [first] = uncaught
  if (!first) return found
  const told: Json = uncaught.slice(0, 3).map(({ kind, error }) => `${kind}: ${messageOf(error)}`)
  return no(
    {
      ja: `誰も捕まえないエラーがプロセスを終わらせる: ${messageOf(first.error)}`,
      en: `an error that nobody catches would end the process: ${messageOf(first.error)}`,
    },
    { uncaught: told, instead: found.instead?.en ?? null, evidence: found.evidence },
  )
}

async function limited(check: Promise<Found>): Promise<Found> {
  let timer: NodeJS.Timeout | undefined
  const seconds = claimLimit / 1000
  const timeUp = new Promise<Found>((resolve) => {
    const instead = { ja: `${seconds}秒たっても終わらない`, en: `it did not end within ${seconds} s` }
    timer = setTimeout(() => resolve(no(instead, null)), claimLimit)
  })
  try {
    return await Promise.race([check, timeUp])
  } finally {
    clearTimeout(timer)
  }
}

/** A store that does not answer breaks the claim; anything else went wrong around it. */
const failed = (error: unknown): Found =>
  error instanceof NotAnswered
    ? no(error.words, null)
    : cannotTell({
        ja: `調べられなかった: ${messageOf(error)}`,
        en: `it could not be tried: ${messageOf(error)}`,
      })

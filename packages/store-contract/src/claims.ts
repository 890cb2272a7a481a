import type { Claim } from './claim.ts'
import { busyClaims } from './claims/busy.ts'
import { callbackClaims } from './claims/callback.ts'
import { dataClaims } from './claims/data.ts'
import { expiryClaims } from './claims/expiry.ts'
import { failureClaims } from './claims/failure.ts'
import { hangClaims } from './claims/hang.ts'
import { optionalClaims } from './claims/optional.ts'
import { processClaims } from './claims/process.ts'
import { shapeClaims } from './claims/shape.ts'
import { sidClaims } from './claims/sid.ts'
import { touchClaims } from './claims/touch.ts'

/** The contract: what a session store has to do, and what is good to know about it. */
export const claims: readonly Claim[] = [
  ...shapeClaims,
  ...dataClaims,
  ...sidClaims,
  ...expiryClaims,
  ...touchClaims,
  ...optionalClaims,
  ...callbackClaims,
  ...failureClaims,
  ...hangClaims,
  ...busyClaims,
  ...processClaims,
]

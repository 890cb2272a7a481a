import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { secureOverHttp } from './secure-over-http.ts'
import { weakSecret } from './weak-secret.ts'

/** All diagnoses, one file each. */
export const diagnoses: readonly Diagnosis[] = [secureOverHttp, weakSecret]

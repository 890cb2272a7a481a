import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { bornExpired } from './born-expired.ts'
import { callbackTwice } from './callback-twice.ts'
import { changedByPrefetch } from './changed-by-prefetch.ts'
import { cookieCannotBeSerialized } from './cookie-cannot-be-serialized.ts'
import { cookieEndsWhileInUse } from './cookie-ends-while-in-use.ts'
import { cookiePrefixBroken } from './cookie-prefix-broken.ts'
import { cookieTwice } from './cookie-twice.ts'
import { corsRefusesCredentials } from './cors-refuses-credentials.ts'
import { crossOriginWithoutCredentials } from './cross-origin-without-credentials.ts'
import { defaultName } from './default-name.ts'
import { destroyedSessionCameBack } from './destroyed-session-came-back.ts'
import { domainDoesNotMatch } from './domain-does-not-match.ts'
import { fixedExpires } from './fixed-expires.ts'
import { idKeptAtLogin } from './id-kept-at-login.ts'
import { logoutByGet } from './logout-by-get.ts'
import { logoutKeepsTheUser } from './logout-keeps-the-user.ts'
import { lostUpdate } from './lost-update.ts'
import { maxAgeInSeconds } from './max-age-in-seconds.ts'
import { memoryStoreForgot } from './memory-store-forgot.ts'
import { memoryStoreInProduction } from './memory-store-in-production.ts'
import { nameSharedWithAnotherApp } from './name-shared-with-another-app.ts'
import { notSavedThoughAnswered } from './not-saved-though-answered.ts'
import { notSecureOverHttps } from './not-secure-over-https.ts'
import { notSerializable } from './not-serializable.ts'
import { outsideCookiePath } from './outside-cookie-path.ts'
import { parallelFirstRequests } from './parallel-first-requests.ts'
import { predictableId } from './predictable-id.ts'
import { proxyNotTrusted } from './proxy-not-trusted.ts'
import { proxyWithoutProto } from './proxy-without-proto.ts'
import { readBeforeSaved } from './read-before-saved.ts'
import { redirectWithoutSave } from './redirect-without-save.ts'
import { resaveUndidAChange } from './resave-undid-a-change.ts'
import { responseCutOff } from './response-cut-off.ts'
import { responseNeverEnded } from './response-never-ended.ts'
import { rowEndsWhileInUse } from './row-ends-while-in-use.ts'
import { rowsOfNobody } from './rows-of-nobody.ts'
import { samesiteKeepsItBack } from './samesite-keeps-it-back.ts'
import { samesiteNoneWithoutSecure } from './samesite-none-without-secure.ts'
import { samesiteUnset } from './samesite-unset.ts'
import { savedUnderAnotherId } from './saved-under-another-id.ts'
import { savedWithStaleExpiry } from './saved-with-stale-expiry.ts'
import { scriptCanReadCookie } from './script-can-read-cookie.ts'
import { secretDataInSession } from './secret-data-in-session.ts'
import { secretDiffers } from './secret-differs.ts'
import { secureOverHttp } from './secure-over-http.ts'
import { sessionForStaticFiles } from './session-for-static-files.ts'
import { sessionGrows } from './session-grows.ts'
import { sessionMissing } from './session-missing.ts'
import { sharedCacheCanKeepCookie } from './shared-cache-can-keep-cookie.ts'
import { storeCallFailed } from './store-call-failed.ts'
import { storeDisconnected } from './store-disconnected.ts'
import { storeDoesNotAnswer } from './store-does-not-answer.ts'
import { twoSessionsOnOneRequest } from './two-sessions-on-one-request.ts'
import { typeLostInJson } from './type-lost-in-json.ts'
import { weakSecret } from './weak-secret.ts'
import { writtenAfterEnd } from './written-after-end.ts'
import { writtenAfterHeaders } from './written-after-headers.ts'
import { writtenOutsideARequest } from './written-outside-a-request.ts'

/** All diagnoses, one file each. */
export const diagnoses: readonly Diagnosis[] = [
  bornExpired,
  callbackTwice,
  changedByPrefetch,
  cookieCannotBeSerialized,
  cookieEndsWhileInUse,
  cookiePrefixBroken,
  cookieTwice,
  corsRefusesCredentials,
  crossOriginWithoutCredentials,
  defaultName,
  destroyedSessionCameBack,
  domainDoesNotMatch,
  fixedExpires,
  idKeptAtLogin,
  logoutByGet,
  logoutKeepsTheUser,
  lostUpdate,
  maxAgeInSeconds,
  memoryStoreForgot,
  memoryStoreInProduction,
  nameSharedWithAnotherApp,
  notSavedThoughAnswered,
  notSecureOverHttps,
  notSerializable,
  outsideCookiePath,
  parallelFirstRequests,
  predictableId,
  proxyNotTrusted,
  proxyWithoutProto,
  readBeforeSaved,
  redirectWithoutSave,
  resaveUndidAChange,
  responseCutOff,
  responseNeverEnded,
  rowEndsWhileInUse,
  rowsOfNobody,
  samesiteKeepsItBack,
  samesiteNoneWithoutSecure,
  samesiteUnset,
  savedUnderAnotherId,
  savedWithStaleExpiry,
  scriptCanReadCookie,
  secretDataInSession,
  secretDiffers,
  secureOverHttp,
  sessionForStaticFiles,
  sessionGrows,
  sessionMissing,
  sharedCacheCanKeepCookie,
  storeCallFailed,
  storeDisconnected,
  storeDoesNotAnswer,
  twoSessionsOnOneRequest,
  typeLostInJson,
  weakSecret,
  writtenAfterEnd,
  writtenAfterHeaders,
  writtenOutsideARequest,
]

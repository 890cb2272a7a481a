import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { bornExpired } from './born-expired.ts'
import { changedByPrefetch } from './changed-by-prefetch.ts'
import { cookieCannotBeSerialized } from './cookie-cannot-be-serialized.ts'
import { cookiePrefixBroken } from './cookie-prefix-broken.ts'
import { cookieTwice } from './cookie-twice.ts'
import { corsRefusesCredentials } from './cors-refuses-credentials.ts'
import { crossOriginWithoutCredentials } from './cross-origin-without-credentials.ts'
import { defaultName } from './default-name.ts'
import { domainDoesNotMatch } from './domain-does-not-match.ts'
import { fixedExpires } from './fixed-expires.ts'
import { idKeptAtLogin } from './id-kept-at-login.ts'
import { logoutByGet } from './logout-by-get.ts'
import { logoutKeepsTheUser } from './logout-keeps-the-user.ts'
import { maxAgeInSeconds } from './max-age-in-seconds.ts'
import { nameSharedWithAnotherApp } from './name-shared-with-another-app.ts'
import { notSecureOverHttps } from './not-secure-over-https.ts'
import { outsideCookiePath } from './outside-cookie-path.ts'
import { predictableId } from './predictable-id.ts'
import { proxyNotTrusted } from './proxy-not-trusted.ts'
import { proxyWithoutProto } from './proxy-without-proto.ts'
import { samesiteKeepsItBack } from './samesite-keeps-it-back.ts'
import { samesiteNoneWithoutSecure } from './samesite-none-without-secure.ts'
import { samesiteUnset } from './samesite-unset.ts'
import { scriptCanReadCookie } from './script-can-read-cookie.ts'
import { secretDataInSession } from './secret-data-in-session.ts'
import { secretDiffers } from './secret-differs.ts'
import { secureOverHttp } from './secure-over-http.ts'
import { sessionForStaticFiles } from './session-for-static-files.ts'
import { sharedCacheCanKeepCookie } from './shared-cache-can-keep-cookie.ts'
import { weakSecret } from './weak-secret.ts'

/** All diagnoses, one file each. */
export const diagnoses: readonly Diagnosis[] = [
  bornExpired,
  changedByPrefetch,
  cookieCannotBeSerialized,
  cookiePrefixBroken,
  cookieTwice,
  corsRefusesCredentials,
  crossOriginWithoutCredentials,
  defaultName,
  domainDoesNotMatch,
  fixedExpires,
  idKeptAtLogin,
  logoutByGet,
  logoutKeepsTheUser,
  maxAgeInSeconds,
  nameSharedWithAnotherApp,
  notSecureOverHttps,
  outsideCookiePath,
  predictableId,
  proxyNotTrusted,
  proxyWithoutProto,
  samesiteKeepsItBack,
  samesiteNoneWithoutSecure,
  samesiteUnset,
  scriptCanReadCookie,
  secretDataInSession,
  secretDiffers,
  secureOverHttp,
  sessionForStaticFiles,
  sharedCacheCanKeepCookie,
  weakSecret,
]

import type { Words } from './words.ts'

/** What Chromium says (CDP `Network.SetCookieBlockedReason`, `Network.CookieBlockedReason`), in plain words. */
export const browserReasonWords: Readonly<Record<string, Words>> = {
  SecureOnly: { ja: 'Secureなので、HTTPでは使えない', en: 'it is Secure, and this is plain HTTP' },
  SameSiteStrict: {
    ja: 'SameSite=Strictで、別サイトからのリクエストだった',
    en: 'SameSite=Strict, and the request came from another site',
  },
  SameSiteLax: {
    ja: 'SameSite=Laxで、別サイトからのリンク以外のリクエストだった',
    en: 'SameSite=Lax, and the request came from another site otherwise than by a link',
  },
  SameSiteUnspecifiedTreatedAsLax: {
    ja: 'SameSiteがないのでLaxとみなされ、別サイトからのリクエストだった',
    en: 'no SameSite counts as Lax, and the request came from another site',
  },
  SchemefulSameSiteStrict: {
    ja: 'SameSite=Strictで、同じサイトでもHTTPとHTTPSは別サイトとみなされる',
    en: 'SameSite=Strict, and http and https of one site count as two sites',
  },
  SchemefulSameSiteLax: {
    ja: 'SameSite=Laxで、同じサイトでもHTTPとHTTPSは別サイトとみなされる',
    en: 'SameSite=Lax, and http and https of one site count as two sites',
  },
  SchemefulSameSiteUnspecifiedTreatedAsLax: {
    ja: 'SameSiteがないのでLaxとみなされ、同じサイトでもHTTPとHTTPSは別サイトとみなされる',
    en: 'no SameSite counts as Lax, and http and https of one site count as two sites',
  },
  SameSiteNoneInsecure: { ja: 'SameSite=NoneなのにSecureがない', en: 'SameSite=None without Secure' },
  UserPreferences: {
    ja: 'ブラウザーの設定で、Cookieを使わないようにしている(第三者Cookieなど)',
    en: 'the browser is set to refuse it (third-party cookies, for example)',
  },
  ThirdPartyPhaseout: { ja: '第三者Cookieは使えない', en: 'third-party cookies are refused' },
  InvalidDomain: { ja: 'Domainがこのホストに合わない', en: 'Domain does not fit this host' },
  DomainMismatch: { ja: 'Domainがこのホストに合わない', en: 'Domain does not fit this host' },
  PortMismatch: {
    ja: 'Cookieを受け取ったポートと、リクエストのポートが違う',
    en: 'the request goes to another port than the one that set it',
  },
  SchemeMismatch: {
    ja: 'Cookieを受け取ったときと、リクエストのスキーム(HTTPとHTTPS)が違う',
    en: 'the request has another scheme (http or https) than the response that set it',
  },
  SchemeNotSupported: {
    ja: 'このスキームのURLではCookieを使えない',
    en: 'URLs of this scheme cannot have cookies',
  },
  AnonymousContext: {
    ja: 'Cookieを使わない文脈(匿名のiframeなど)からのリクエストだった',
    en: 'the request came from a context without cookies (an anonymous iframe, for example)',
  },
  InvalidPrefix: {
    ja: '名前の__Host-や__Secure-の条件を満たしていない',
    en: 'the name begins with __Host- or __Secure-, whose conditions are not met',
  },
  OverwriteSecure: {
    ja: 'HTTPのレスポンスでは、Secureの同名Cookieを上書きできない',
    en: 'a response over HTTP cannot overwrite a Secure cookie of the same name',
  },
  NotOnPath: { ja: 'Pathの下のリクエストではない', en: 'the request is not below its Path' },
  NameValuePairExceedsMaxSize: { ja: '名前と値が4096バイトを超える', en: 'name and value exceed 4096 bytes' },
  DisallowedCharacter: { ja: '使えない文字がある', en: 'it has a character that is not allowed' },
  SyntaxError: { ja: 'Set-Cookieの形が正しくない', en: 'the Set-Cookie line is malformed' },
  NoCookieContent: { ja: 'Set-Cookieに名前も値もない', en: 'the Set-Cookie line has neither name nor value' },
  UnknownError: { ja: '理由は、ブラウザーからはわからない', en: 'the browser does not say why' },
}

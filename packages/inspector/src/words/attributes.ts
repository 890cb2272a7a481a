import type { AttributeKey } from '../model/set-cookie.ts'
import { type Explained, explained } from './words.ts'

/** What an attribute of `Set-Cookie` tells the browser. */
export const attributeWords: Readonly<Record<AttributeKey, Explained>> = {
  expires: explained(
    'この時刻を過ぎたら捨てます。express-sessionは「サーバーの時刻 + maxAge」を秒に切り捨てて送ります。',
    'Drop it after this moment. express-session sends "server time + maxAge", cut to whole seconds.',
    'cookie.maxAge.expires-is-server-time-plus-maxAge',
  ),
  'max-age': explained(
    '受け取ってから、この秒数で捨てます。express-sessionは送りません。',
    'Drop it this many seconds after receipt. express-session does not send it.',
    'cookie.maxAge.expires-is-server-time-plus-maxAge',
  ),
  domain: explained(
    'このドメインと、その下のすべてのホストに送ります。',
    'Send it to this domain and every host below it.',
    'cookie.domain.sets-attribute',
  ),
  path: explained(
    'このパスより下へのリクエストにだけ送ります。',
    'Send it only with requests below this path.',
    'cookie.path.sets-attribute',
  ),
  secure: explained(
    'HTTPSのリクエストにだけ送ります(localhostへのHTTPでは、Chromiumは送ります)。',
    'Send it over HTTPS only (Chromium also sends it to http://localhost).',
    'cookie.secure.boolean-controls-attribute',
  ),
  httponly: explained(
    'ページのスクリプト(document.cookie)から見えないようにします。',
    "Hide it from the page's scripts (document.cookie).",
    'cookie.httpOnly.boolean-controls-attribute',
  ),
  samesite: explained(
    '別のサイトから始まったリクエストに送るかどうかを決めます。Strictなら送らず、LaxならリンクをたどるGETにだけ、Noneならいつも送ります(Secureが必要)。',
    'Whether to send it with requests begun by another site. Strict: no; Lax: only when following a link (GET); None: always (needs Secure).',
    'cookie.sameSite.lax-value',
  ),
  priority: explained(
    'Cookieが多すぎるとき、どれから捨てるかを決めます(Chromiumの拡張)。',
    'Which cookies to drop first when there are too many (an extension in Chromium).',
    'cookie.priority.low-medium-high',
  ),
  partitioned: explained(
    '埋め込まれたとき、外側のサイトごとに別のCookieとして扱います(Secureが必要)。',
    'When embedded, keep a separate cookie for each top-level site (needs Secure).',
    'cookie.partitioned.truthy-sets-attribute',
  ),
  unknown: explained(
    '標準にない属性です。ブラウザーは無視します。',
    'No standard attribute; browsers ignore it.',
  ),
}

/** What the absence of an attribute means. */
export const absentWords: Readonly<Record<'expires' | 'domain' | 'samesite' | 'httponly', Explained>> = {
  expires: explained(
    'Expiresなし: ブラウザーを閉じるまで残ります。',
    'No Expires: it lasts until the browser closes.',
    'cookie.expires.none-means-non-persistent',
  ),
  domain: explained(
    'Domainなし: このホストにだけ送ります。',
    'No Domain: it is sent to this host only.',
    'cookie.domain.default-applies-to-current-host-only',
  ),
  samesite: explained(
    'SameSiteなし: 多くのブラウザーはLaxとして扱います。',
    'No SameSite: most browsers treat it as Lax.',
    'cookie.sameSite.false-omits-attribute',
  ),
  httponly: explained(
    'HttpOnlyなし: ページのスクリプトから読めます。',
    "No HttpOnly: the page's scripts can read it.",
    'cookie.httpOnly.boolean-controls-attribute',
  ),
}

import type { Words } from '../../common/words.ts'
import type { SentenceId } from '../../statements/index.ts'

/** A counter-example to mend: the claims that fail in it are to hold again. */
export interface Exercise {
  slug: string
  /** The counter-example: `apps/<slug>/<variant>.ts`. */
  variant: string
  /** The variant in which the same claims hold; `app` is the documented one. */
  solution: string
  /** The documented sentences and findings that these claims prove. */
  claims: readonly [SentenceId, ...SentenceId[]]
}

const exercise = (slug: string, variant: string, claims: Exercise['claims'], solution = 'app'): Exercise => ({
  slug,
  variant,
  solution,
  claims,
})

/** Every counter-example in a file of its own; a whole run of the tests says where this differs from its proofs. */
export const exercises: readonly Exercise[] = [
  exercise('broken-store', 'answers-first', ['finding.save-before-saying-it-is-done']),
  exercise('broken-store', 'as-nobody', ['finding.failed-get-is-no-new-visitor']),
  exercise('broken-store', 'bare', [
    'finding.failed-get-is-no-new-visitor',
    'finding.hanging-store-hangs-the-request',
  ]),
  exercise('cluster', 'rotated-at-once', ['secret.rotation-array-keeps-sessions']),
  exercise('cookie-attributes', 'httponly-undefined', ['cookie.httpOnly.hidden-from-document.cookie']),
  exercise('cookie-attributes', 'partitioned', ['cookie.partitioned.unset-by-default']),
  exercise('cookie-attributes', 'subdomains', ['cookie.domain.unset-by-default']),
  exercise('counter', 'cookie-only', [
    'counter.destroy-discards-session',
    'counter.destroy-redirects-and-new-session',
  ]),
  exercise('counter', 'no-expiry', [
    'counter.tap-after-expiry-starts-new-session',
    'counter.expiry-is-10-seconds',
  ]),
  exercise('counter', 'rolling', ['counter.expiry-is-10-seconds', 'rolling.default-false']),
  exercise('counter', 'secure-on-http', ['counter.tap-increments']),
  exercise('cross-origin', 'any-origin', ['finding.cors-names-one-origin'], 'lax'),
  exercise('expiry', 'fixed-date', ['cookie.expires.should-not-be-set-directly']),
  exercise('expiry', 'no-expiry', ['cookie.maxAge.expires-is-server-time-plus-maxAge']),
  exercise('expiry', 'not-rolling', [
    'rolling.resets-expiration-to-original-maxAge',
    'rolling.true-expires-from-last-response',
    'rolling.short-maxAge-idle-timeout',
    'rolling.true-sets-cookie-on-every-response',
  ]),
  exercise('genid', 'async', ['genid.function-supplies-session-id']),
  exercise('genid', 'default', ['genid.example-uuid']),
  exercise('genid', 'per-browser', ['genid.ids-must-be-unique']),
  exercise('login', 'clear-cookie', [
    'example.logout.clears-user',
    'example.logout.old-sid-has-no-login',
    'example.logout.redirects-to-top',
  ]),
  exercise('login', 'forgets-user', [
    'example.login.authenticated-greeting-and-logout-link',
    'example.login.any-credentials-work',
  ]),
  exercise('login', 'logout-keeps-id', ['example.logout.regenerates-session-id']),
  exercise('login', 'no-escape', ['example.login.user-name-is-escaped']),
  exercise('login', 'no-next-route', [
    'example.login.anonymous-sees-form',
    'example.login.next-route-falls-through',
  ]),
  exercise('login', 'no-regenerate', ['example.login.regenerates-session-id']),
  exercise('login', 'no-save', ['example.login.saves-before-redirect']),
  exercise('multi-app', 'same-name', [
    'name.different-names-separate-apps',
    'name.apps-on-one-hostname-must-be-separated',
    'security.do-not-use-default-cookie-name',
    'name.sets-and-reads-cookie-name',
  ]),
  exercise('order', 'after-passport', ['finding.login-check-before-session-sees-nobody']),
  exercise('order', 'after-route', ['finding.session-before-what-reads-it']),
  exercise('order', 'one-router', ['finding.session-before-what-reads-it']),
  exercise('order', 'static-last', ['finding.static-before-session-costs-nothing']),
  exercise('order', 'twice', ['finding.the-session-made-last-says-how-cookies-begin']),
  exercise('order', 'two-in-one', ['finding.narrower-session-first'], 'admin-first'),
  exercise('per-visitor-cookie', 'cookie-only', ['session.cookie.alter-per-visitor']),
  exercise('per-visitor-cookie', 'expires-null', ['session.cookie.expires-false-makes-user-agent-session']),
  exercise('per-visitor-cookie', 'in-seconds', ['cookie-object.maxAge.equivalent-to-setting-expires']),
  exercise('per-visitor-cookie', 'shared-options', ['session.cookie.unique-object-per-session']),
  exercise('per-visitor-cookie', 'streamed', ['cookie-object.maxAge.returns-remaining-ms']),
  exercise('redirect-save', 'no-save', ['session.save.useful-before-redirect']),
  exercise('resave-race', 'no-touch', ['resave.store-with-touch-can-use-false'], 'short-lived'),
  exercise('resave-race', 'resave-true', ['resave.false-is-usual-choice']),
  exercise('same-site', 'unset', ['cookie.sameSite.lax-enforced', 'cookie.sameSite.clients-may-ignore']),
  exercise(
    'save-uninitialized',
    'passport-0.2',
    ['saveUninitialized.passport-fixed-since-0.3.0'],
    'passport-0.3',
  ),
  exercise('save-uninitialized', 'save-all', [
    'saveUninitialized.uninitialized-means-new-and-unmodified',
    'saveUninitialized.false-suits-login-sessions',
    'saveUninitialized.false-reduces-storage',
    'saveUninitialized.false-helps-parallel-first-requests',
  ]),
  exercise('secret', 'changed', ['secret.rotation-array-keeps-sessions'], 'rotated'),
  exercise('secret', 'keyboard-cat', [
    'secret.signs-session-id-cookie',
    'secret.should-be-random-and-opaque',
    'secret.use-environment-variable',
    'secret.unguessable-limits-hijack-to-guessing-sid',
  ]),
  exercise('secure-proxy', 'auto', ['cookie.secure.no-cookie-set-over-http']),
  exercise('secure-proxy', 'auto-in-function', ['cookie.secure.auto-matches-connection'], 'auto'),
  exercise('secure-proxy', 'no-trust-proxy', ['cookie.secure.example-trust-proxy-1']),
  exercise('secure-proxy', 'proxy-false', ['proxy.undefined-uses-trust-proxy']),
  exercise('session-methods', 'after-the-end', [
    'session.save.automatic-at-end-when-altered',
    'session.save.usually-not-needed',
  ]),
  exercise('session-methods', 'always-saves', ['session.save.auto-behaviour-depends-on-options']),
  exercise('session-methods', 'emptied', [
    'session.regenerate.new-sid-and-session-instance',
    'session.destroy.removes-session',
    'session.destroy.unsets-req.session',
  ]),
  exercise('session-methods', 'no-save', ['session.save.useful-in-long-lived-requests']),
  exercise('store-contract', 'no-destroy', ['store.required-methods-always-called']),
  exercise('store-contract', 'no-touch', ['store.recommended-method-called-if-available']),
  exercise('store-contract', 'other-error', ['store.get.null-or-undefined-means-not-found']),
  exercise('touch', 'no-touch', ['store.touch.recommended']),
  exercise('unset', 'keep', ['unset.controls-delete-or-null', 'unset.destroy-deletes-when-response-ends']),
  exercise('views', 'not-stored', [
    'example.views.starts-at-1',
    'example.views.keeps-page-views-for-a-user',
    'req.session.stores-and-reads-data',
    'req.session.serialised-as-json-nested-ok',
  ]),
  exercise('views', 'one-count', ['example.views.counts-each-path-separately']),
  exercise('views', 'one-for-all', ['example.views.separate-per-user']),
  exercise('views', 'with-query', ['example.views.uses-pathname-without-query']),
  exercise('welcome', 'not-stored', [
    'req.session.example-first-visit-message',
    'req.session.example-views-increment',
  ]),
  exercise('welcome', 'one-for-all', ['req.session.example-is-per-user']),
  exercise('welcome', 'readme', ['req.session.example-expires-in-remaining']),
]

/** The counter-examples in files of their own that are no exercises, and why. */
export const notExercises: Readonly<Record<string, Words>> = {
  'cookie-attributes/per-request': {
    ja: '主張が成り立つのは、テストの中に書いたアプリだけ。直した先になる公式ドキュメントどおりの版がない',
    en: 'its claim holds in an app that is written in the test: there is no documented file to end at',
  },
  'cross-origin/lax': {
    ja: '誤りではない。2つのオリジンのままでよいサイトもあり、ホストを1つにするのは別の構成',
    en: 'no mistake: two origins can be right, and one host for both is another way to build it',
  },
  'memory-store/shared-store': {
    ja: 'こちらのほうがよい版。直すと、プロセスごとにセッションが分かれてしまう',
    en: 'this is the better one: mending it would part the sessions of the processes',
  },
  'save-uninitialized/passport-0.3': {
    ja: 'こちらのほうがよい版。直すと、古いPassportの癖に戻る',
    en: 'this is the better one: mending it would bring back what the old Passport does',
  },
  'per-visitor-cookie/write-session-id': {
    ja: '直した版も、別の場所に書き込んでエラーになるのを見せるためのもの。直すことに意味がない',
    en: 'the mended code writes elsewhere, to show that it throws: nobody would want either',
  },
  'same-site/strict': {
    ja: '誤りではなく、より厳しい選択。どちらがよいかはサイトによる',
    en: 'no mistake but a stricter choice: which one is right depends on the site',
  },
  'secret/missing': {
    ja: '主張が成り立つのは、cookie-parserが鍵を持つときだけ。直した先になる公式ドキュメントどおりの版がない',
    en: 'its claim holds only where cookie-parser has the secret: there is no documented file to end at',
  },
  'secret/rotated': {
    ja: 'こちらのほうがよい版。直すと、鍵の取り替えでセッションがすべて切れる',
    en: 'this is the better one: mending it would end all sessions with a new secret',
  },
  'secret/rotated-rolling': {
    ja: 'こちらのほうがよい版。直すと、新しい鍵で署名し直されなくなる',
    en: 'this is the better one: mending it would leave cookies without the new signature',
  },
}

/** An exercise as it is named everywhere: `<slug>/<variant>`. */
export const nameOf = ({ slug, variant }: Exercise): string => `${slug}/${variant}`

/** The exercise of this name; undefined when there is none. */
export const findExercise = (name: string): Exercise | undefined =>
  exercises.find((each) => nameOf(each) === name)

/** The exercises of a scenario, in the order of their files. */
export const exercisesOf = (slug: string): readonly Exercise[] =>
  exercises.filter((each) => each.slug === slug)

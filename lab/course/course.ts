import type { Words } from '../../common/words.ts'
import { type Exercise, findExercise } from '../exercises/catalogue.ts'

/** A scenario as a lesson of the course. */
export interface Lesson {
  slug: string
  /** How long it takes with its predictions and experiments, without its exercises. */
  minutes: number
  /** What whoever has done it is able to do. */
  able: Words
  /** The exercises that belong to the course, by their names; there are more on the pages of the scenarios. */
  exercises?: readonly string[]
}

/** A chapter of the course; its number is its place. */
export interface Chapter {
  title: Words
  lessons: readonly Lesson[]
}

/** How long an exercise takes, in minutes. */
export const exerciseMinutes = 10

const lesson = (slug: string, minutes: number, ja: string, en: string, exercises?: string[]): Lesson => ({
  ...{ slug, minutes, able: { ja, en } },
  ...(exercises && { exercises }),
})

/** The way through all scenarios. Each comes once. */
export const chapters: readonly Chapter[] = [
  {
    title: { ja: '最初の一歩', en: 'First steps' },
    lessons: [
      lesson(
        'counter',
        20,
        'Cookieの期限とレコードの期限を、別々に読み取れる',
        'read the expiry of the cookie and that of the row apart',
        ['counter/cookie-only'],
      ),
      lesson(
        'views',
        15,
        'データがサーバーのどこに、誰ごとに置かれるかを言える',
        'say where on the server data lies, and for whom',
      ),
      lesson(
        'welcome',
        15,
        '残り時間を正しく読み、レスポンスの先頭がいつ出るかを説明できる',
        'read the time left correctly, and say when the head of a response leaves',
        ['welcome/readme'],
      ),
      lesson(
        'session-methods',
        20,
        'regenerate・destroy・reload・saveを、目的に合わせて選べる',
        'choose between regenerate, destroy, reload and save',
      ),
      lesson(
        'save-uninitialized',
        20,
        '同意の前にCookieを渡さず、空のレコードをためない設定ができる',
        'set no cookie before consent, and pile up no empty rows',
      ),
      lesson(
        'order',
        15,
        'session()を置く場所を選び、req.sessionがundefinedになる理由を言える',
        'place session() rightly, and say why req.session is undefined',
      ),
    ],
  },
  {
    title: { ja: 'Cookieの属性', en: 'Cookie attributes' },
    lessons: [
      lesson(
        'cookie-attributes',
        20,
        'Set-Cookieの各属性が、誰に何を見せるかを説明できる',
        'say of each attribute of Set-Cookie what it shows to whom',
        ['cookie-attributes/httponly-undefined'],
      ),
      lesson(
        'multi-app',
        15,
        '同じホストの2つのアプリを、互いに壊さずに動かせる',
        'run two apps on one host without breaking each other',
      ),
      lesson(
        'same-site',
        20,
        'よそのサイトからのリクエストにCookieが付くかどうかを、先に言い当てられる',
        'foretell whether a request from another site carries the cookie',
      ),
      lesson(
        'per-visitor-cookie',
        20,
        '「ログインを保持する」を、訪問者ごとの期限で作れる',
        'build "remember me" with an expiry for each visitor',
      ),
      lesson(
        'cross-origin',
        25,
        '別のオリジンからのリクエストでCookieが届かない理由を、一段ずつ確かめられる',
        'find out, rung by rung, why no cookie comes with a request from another origin',
      ),
    ],
  },
  {
    title: { ja: '期限', en: 'Lifetimes' },
    lessons: [
      lesson(
        'expiry',
        15,
        '一定時間さわらないと切れるセッションを作れる',
        'make a session that ends when it is left alone',
        ['expiry/not-rolling'],
      ),
      lesson(
        'two-clocks',
        25,
        'Cookieとレコードのどちらが先に終わるかで、何が起きるかを説明できる',
        'say what happens depending on which ends first, cookie or row',
      ),
      lesson(
        'touch',
        20,
        '使っているのに切れるセッションの原因を見つけられる',
        'find out why a session ends while it is in use',
      ),
      lesson(
        'cleanup',
        20,
        '期限切れのレコードを、ほかの人を待たせずに片づけられる',
        'clean up expired rows without making others wait',
      ),
    ],
  },
  {
    title: { ja: 'ストアと競合', en: 'Stores and races' },
    lessons: [
      lesson(
        'store-contract',
        20,
        'どのリクエストがストアのどのメソッドを呼ぶかを言える',
        'say which request calls which method of the store',
      ),
      lesson(
        'resave-race',
        15,
        '同時に届いたリクエストで変更が消える理由を、呼び出しの順番で示せる',
        'show by the order of calls why a change is lost between two requests',
        ['resave-race/resave-true'],
      ),
      lesson(
        'redirect-save',
        15,
        '「リダイレクトの後だけ古い」を直せる',
        'cure a page that is old only after a redirect',
        ['redirect-save/no-save'],
      ),
      lesson(
        'unset',
        10,
        'req.sessionを消したときに、何が消えて何が残るかを言える',
        'say what goes and what stays when req.session is unset',
      ),
      lesson(
        'broken-store',
        15,
        'ストアが失敗したときに、訪問者に何を返すかを決められる',
        'decide what a visitor gets when the store fails',
      ),
    ],
  },
  {
    title: { ja: 'ログインと攻撃', en: 'Login and attacks' },
    lessons: [
      lesson(
        'login',
        25,
        '固定攻撃に強いログインと、本当に効くログアウトを書ける',
        'write a login that withstands fixation, and a logout that works',
        ['login/no-regenerate', 'login/clear-cookie'],
      ),
      lesson(
        'secret',
        20,
        '署名の鍵を選び、セッションを切らずに取り替えられる',
        'choose a secret, and change it without ending sessions',
        ['secret/changed'],
      ),
      lesson(
        'genid',
        15,
        'セッションIDに何が必要かを言い、安全に作れる',
        'say what a session ID needs, and make one safely',
      ),
      lesson(
        'other-devices',
        20,
        'ほかの端末のセッションを、確実に終わらせられる',
        'end the sessions of other devices for good',
      ),
      lesson(
        'cookie-session',
        15,
        'データをCookieに入れるか、サーバーに置くかを選べる',
        'choose between data in the cookie and on the server',
      ),
    ],
  },
  {
    title: { ja: '運用', en: 'Running it' },
    lessons: [
      lesson(
        'secure-proxy',
        20,
        'リバースプロキシの後ろで、Secure付きのCookieを出せる',
        'get a Secure cookie out from behind a reverse proxy',
        ['secure-proxy/no-trust-proxy'],
      ),
      lesson(
        'memory-store',
        15,
        '本番でMemoryStoreを使わない理由を、見せて説明できる',
        'show why MemoryStore is not for production',
      ),
      lesson(
        'cluster',
        25,
        '複数のプロセスで、再起動や鍵の更新をまたいでログインを続けられる',
        'keep logins through restarts and new secrets with several processes',
      ),
      lesson(
        'debug-log',
        10,
        'デバッグ行から、セッションを失った理由を読み取れる',
        'read in the debug log why a session was lost',
      ),
      lesson(
        'playground',
        15,
        '自分のアプリに必要なオプションの組を、試して決められる',
        'try out and decide on the options that your app needs',
      ),
    ],
  },
]

/** All lessons, in their order. */
export const lessons: readonly Lesson[] = chapters.flatMap((chapter) => chapter.lessons)

/** How long some lessons take together with their exercises, in minutes. */
export const minutesOf = (some: readonly Lesson[]): number =>
  some.reduce((sum, { minutes, exercises = [] }) => sum + minutes + exercises.length * exerciseMinutes, 0)

/** The exercises of a lesson that belong to the course. */
export const exercisesIn = ({ exercises = [] }: Lesson): readonly Exercise[] =>
  exercises.flatMap((name) => findExercise(name) ?? [])

/** Where a scenario stands in the course; undefined for one that is not in it. */
export function placeOf(slug: string) {
  const at = lessons.findIndex((each) => each.slug === slug)
  const lesson = lessons[at]
  if (!lesson) return undefined
  const chapter = chapters.findIndex((each) => each.lessons.includes(lesson))
  return { number: at + 1, chapter: chapter + 1, lesson, previous: lessons[at - 1], next: lessons[at + 1] }
}

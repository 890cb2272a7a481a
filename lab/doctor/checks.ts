import type { Words } from '../../common/words.ts'
import type { Probes, TakenPort } from './probes.ts'

/** What one check has found. */
export interface Finding {
  what: Words
  /**
   * `good`; `warning`: the lab works, but something may surprise; `bad`: part of it does not work; `unknown`: it cannot be
   * told from here.
   */
  state: 'good' | 'warning' | 'bad' | 'unknown'
  /** What is there, or what to do. */
  says: Words
}

/** Looks at everything that a lesson, an exercise or a test needs of this computer. */
export async function examine(probes: Probes): Promise<Finding[]> {
  return [
    node(probes),
    packages(probes.missingPackages()),
    folder(probes.unwritable()),
    await hostName(probes),
    ports(await probes.takenPorts()),
    browser(probes.browser()),
    fonts(probes.japaneseFonts()),
    cookies,
  ]
}

const named =
  (ja: string, en: string) =>
  (state: Finding['state'], says: Words): Finding => ({
    what: { ja, en },
    state,
    says,
  })

/** A version of Node.js as numbers. */
const numbers = (version: string) => version.split('.').map(Number)

/** The command itself refuses what is older than 20.19. */
function node({ nodeVersion }: Probes): Finding {
  const say = named('Node.js', 'Node.js')
  const [major = 0, minor = 0] = numbers(nodeVersion)
  if (major === 24 && minor < 10) {
    return say('warning', {
      ja: `${nodeVersion}。ラボは動くが、24.9までの24ではテストも練習問題の確認も読み込めない。24.10以降を入れる`,
      en: `${nodeVersion}: the lab works, but a 24 before 24.10 cannot load tests, nor the checks of exercises`,
    })
  }
  if (major < 20 || (major === 20 && minor < 19)) {
    return say('bad', {
      ja: `${nodeVersion}。20.19以降を入れる`,
      en: `${nodeVersion}: install 20.19 or newer`,
    })
  }
  return say('good', { ja: nodeVersion, en: nodeVersion })
}

function packages(missing: readonly string[]): Finding {
  const say = named('ネットワークなしで動くか', 'works without a network')
  return missing.length === 0
    ? say('good', {
        ja: '必要なパッケージは、すべてこのフォルダーにある',
        en: 'all packages that are needed are in this folder',
      })
    : say('bad', {
        ja: `足りないパッケージ: ${missing.join(', ')}。ネットワークのあるうちに npm ci を実行する`,
        en: `missing: ${missing.join(', ')}. Run npm ci while there is a network`,
      })
}

function folder(problem: Words | undefined): Finding {
  const say = named('データを置くフォルダー', 'folder for data')
  return problem ? say('bad', problem) : say('good', { ja: '書き込める', en: 'can be written to' })
}

async function hostName({ addressesOf }: Probes): Promise<Finding> {
  const say = named('localhost', 'localhost')
  const found = await addressesOf('localhost')
  const isOwn = found.length > 0 && found.every((address) => /^127\.|^::1$/.test(address))
  const list = found.join(', ')
  return isOwn
    ? say('good', { ja: list, en: list })
    : say('bad', {
        ja: `このコンピューターを指していない(${list || '見つからない'})。hostsファイルかVPNの設定を確かめる`,
        en: `does not lead to this computer (${list || 'not found'}): look at the hosts file, or at the VPN`,
      })
}

function ports({ from, to, taken }: { from: number; to: number; taken: readonly TakenPort[] }): Finding {
  const say = named('ポート', 'ports')
  if (taken.length === 0) {
    const range = `${from}–${to}`
    return say('good', { ja: `${range}は空いている`, en: `${range} are free` })
  }
  const labs = taken.filter(({ isLab }) => isLab)
  const list = taken.map(({ port }) => port).join(', ')
  return say('warning', {
    ja: `使用中: ${list}。ラボは次の空いた番号を使い、端末に表示する${labs.length > 0 ? '。このラボがもう動いている' : ''}`,
    en: `taken: ${list}. The lab takes the next free ones and says so${labs.length > 0 ? '. This lab is running already' : ''}`,
  })
}

function browser(found: string | undefined): Finding {
  const say = named('ブラウザー', 'browser')
  return found
    ? say('good', { ja: found, en: found })
    : say('bad', {
        ja: 'Chrome、Edge、Chromiumが見つからない。練習問題の確認とテストに要る(レッスンは、どのブラウザーでも読める)。入れるか、環境変数LAB_BROWSERで指定する',
        en: 'no Chrome, Edge or Chromium, which the checks of exercises and the tests need (any browser does for the lessons). Install one, or name it in LAB_BROWSER',
      })
}

function fonts(count: number | undefined): Finding {
  const say = named('日本語のフォント', 'Japanese fonts')
  if (count === undefined) {
    return say('unknown', {
      ja: 'ここからはわからない。レッスンを開いて、文字が四角くならないか見る',
      en: 'cannot be told from here: open a lesson and see whether letters are boxes',
    })
  }
  return count > 0
    ? say('good', { ja: `${count}個`, en: `${count}` })
    : say('warning', {
        ja: '見つからない。日本語のページが四角になる。fonts-noto-cjkなどを入れる',
        en: 'none: Japanese pages show boxes. Install fonts-noto-cjk, for one',
      })
}

/** They are in the browser, and only a server that it visits sees them: the index of `npm start` does. */
const cookies = named('ほかのアプリのCookie', 'cookies of other apps')('unknown', {
  ja: 'ブラウザーの中にあり、ここからは見えない。npm startの最初のページが、あれば知らせる',
  en: 'are in the browser, out of sight from here: the first page of npm start tells of them',
})

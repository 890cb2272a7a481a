import { Trouble } from '../../common/words.ts'

/** Why a browser did not start at all. */
export const notStarted = (cause: Error): Trouble =>
  isWithoutSandbox(cause)
    ? withoutSandbox
    : new Trouble({
        ja: `ブラウザーを起動できません(${firstLine(cause)})。Chrome、Edge、Chromiumのどれかを入れるか、環境変数LAB_BROWSERに実行ファイルを指定してください。`,
        en: `Cannot start a browser (${firstLine(cause)}). Install Chrome, Edge or Chromium, or name its executable in the environment variable LAB_BROWSER.`,
      })

/** Why a browser that is known to start has no window. */
export const notOpened = (cause: Error): Trouble =>
  isWithoutSandbox(cause)
    ? withoutSandbox
    : new Trouble({
        ja: `ブラウザーの窓を開けません(${firstLine(cause)})。画面のない環境では--inspectは使えません。--inspectなしで起動し、いつものブラウザーで開いてください。`,
        en: `Cannot open a browser window (${firstLine(cause)}). Where there is no screen, --inspect cannot be used: start without it and open your own browser.`,
      })

const isWithoutSandbox = ({ message }: Error) => message.includes('No usable sandbox')

const withoutSandbox = new Trouble({
  ja: 'ブラウザーの窓を開きません。このブラウザーは、ここではサンドボックスを使えません(Ubuntuなどは、入れた場所によって禁じています)。パッケージで入れたChromeかChromiumを環境変数LAB_BROWSERに指定するか、--inspectなしで起動し、いつものブラウザーで開いてください。',
  en: 'No browser window is opened: this browser cannot use its sandbox here (Ubuntu, for one, forbids it by where a browser is installed). Name a Chrome or Chromium that was installed as a package in the environment variable LAB_BROWSER, or start without --inspect and open your own browser.',
})

const firstLine = ({ message }: Error) => message.split('\n', 1)[0]

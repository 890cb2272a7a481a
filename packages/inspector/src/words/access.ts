import type { Words } from './words.ts'

/** Why a request does not get to see session ids, and what of it shows that. */
export interface Refused {
  reason: 'proxy' | 'old' | 'remote' | 'host' | 'origin'
  seen: string
}

const why: Readonly<Record<Refused['reason'], (seen: string) => Words>> = {
  proxy: (seen) => ({
    ja: `このリクエストはプロキシを通って届きました(${seen})。`,
    en: `This request came through a proxy (${seen}).`,
  }),
  old: (seen) => ({
    ja: `このリクエストは${seen}で届きました。ブラウザーは使わないので、間にプロキシがあります(nginxの既定など)。`,
    en: `This request came as ${seen}, which no browser speaks: a proxy stands between (nginx, as it comes, is one).`,
  }),
  remote: (seen) => ({
    ja: `このリクエストは、ループバックではないアドレスを通って届きました(${seen})。Dockerで公開したポートもそうです。`,
    en: `This request came over an address that is not loopback (${seen}); a port that Docker publishes is one.`,
  }),
  host: (seen) => ({
    ja: `この名前では応えません(${seen})。localhost、127.0.0.1、[::1]で開いてください。`,
    en: `It does not answer to this name (${seen}): open it as localhost, 127.0.0.1 or [::1].`,
  }),
  origin: (seen) => ({
    ja: `この操作は別のページから送られました(${seen})。`,
    en: `This was sent by another page (${seen}).`,
  }),
}

/** Why the panel inside an app is not shown over HTTP/2. */
export const http2Text: Words = {
  ja: 'この画面はHTTP/2では応えません(Expressが対応していません)。別のポートで開く画面を使ってください: npx express-session-inspector app.js',
  en: 'This panel does not answer over HTTP/2, which Express does not serve. Use the one on a port of its own: npx express-session-inspector app.js',
}

/** Why the panel is not shown, and what to do: it shows session ids, and only this computer's own browser gets it. */
export function refusalText({ reason, seen }: Refused, port: number | undefined): Words {
  const { ja, en } = why[reason](seen)
  const url = `http://localhost:${port}/__lab/inspector/`
  const more = reason === 'proxy' || reason === 'old' || reason === 'remote'
  const tunnel = `ssh -L ${port}:localhost:${port}`
  return {
    ja:
      `観察はセッションIDを見せるので、このコンピューターのブラウザーにだけ応えます。\n${ja}\n\nじかに開いてください: ${url}\n` +
      (more
        ? `別のコンピューターの上なら: ${tunnel} <そのコンピューター>\nコンテナーの中なら: docker run --network host …\n`
        : ''),
    en:
      `The inspector shows session ids, and answers only to a browser on this computer.\n${en}\n\nOpen it directly: ${url}\n` +
      (more
        ? `On another computer: ${tunnel} <that computer>\nIn a container: docker run --network host …\n`
        : ''),
  }
}

import { type About, section } from './section.ts'

const about: About = {
  slug: 'options-proxy',
  title: 'proxy',
  group: 'options',
  anchor: 'proxy',
  headings: ['proxy'],
}

export default section(about, [
  {
    id: 'proxy.true-uses-x-forwarded-proto',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'secure-proxy',
    ja: 'proxy: true なら、Secure cookie の判断にプロキシの X-Forwarded-Proto を使う。',
    en: 'proxy: true trusts X-Forwarded-Proto when setting secure cookies.',
    verdict: 'holds',
    see: {
      ja: "版proxy-trueで、HTTPSでラボのページを開いて「もう一度開く」を押す。① 通信にSet-Cookieがある。次に curl -i -H 'X-Forwarded-Proto: https' http://localhost:3000/ を実行する。プロキシを通らなくても、Set-Cookieが返る。",
      en: "In proxy-true, open the lab page over HTTPS and press again: Set-Cookie in ①. Then run curl -i -H 'X-Forwarded-Proto: https' http://localhost:3000/: Set-Cookie comes without any proxy.",
    },
  },
  {
    id: 'proxy.false-only-direct-tls',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'secure-proxy',
    ja: 'proxy: false なら見出しは無視し、直接の TLS 接続だけを安全とみなす。',
    en: 'proxy: false ignores all headers; only a direct TLS connection is secure.',
    verdict: 'holds',
    see: {
      ja: '版proxy-falseで、HTTPSでラボのページを開いて「もう一度開く」を押す。req.secureはtrueなのに、① 通信のSet-Cookieは「なし」(not secured)。アプリに直接TLSでつなぐ場合は、テストが確かめている。',
      en: 'In proxy-false, open the lab page over HTTPS and press again: req.secure is true, and yet Set-Cookie in ① is none (not secured). The test shows TLS to the app itself.',
    },
  },
  {
    id: 'proxy.undefined-uses-trust-proxy',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'secure-proxy',
    ja: '既定の undefined では Express の trust proxy の設定に従う。',
    en: "The default, undefined, follows Express's trust proxy.",
    verdict: 'holds',
    see: {
      ja: 'HTTPSでラボのページを開き、版appとno-trust-proxyを切り替え、そのたびに「やり直す」と「もう一度開く」を押す。① 通信のSet-Cookieは、trust proxyのあるappにだけある。',
      en: 'Open the lab page over HTTPS; switch between app and no-trust-proxy, starting over and pressing again each time. Set-Cookie in ① is there only in app, which has trust proxy.',
    },
  },
])

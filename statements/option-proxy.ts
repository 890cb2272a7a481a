import type { Statement } from './statement.ts'

export default [
  {
    id: 'proxy.true-uses-x-forwarded-proto',
    section: 'options.proxy',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'secure-proxy',
    ja: 'proxy: true なら、Secure cookie の判断にプロキシの X-Forwarded-Proto を使う。',
    en: 'proxy: true trusts X-Forwarded-Proto when setting secure cookies.',
  },
  {
    id: 'proxy.false-only-direct-tls',
    section: 'options.proxy',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'secure-proxy',
    ja: 'proxy: false なら見出しは無視し、直接の TLS 接続だけを安全とみなす。',
    en: 'proxy: false ignores all headers; only a direct TLS connection is secure.',
  },
  {
    id: 'proxy.undefined-uses-trust-proxy',
    section: 'options.proxy',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'secure-proxy',
    ja: '既定の undefined では Express の trust proxy の設定に従う。',
    en: "The default, undefined, follows Express's trust proxy.",
  },
] as const satisfies readonly Statement[]

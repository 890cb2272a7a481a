import type { Statement } from './statement.ts'

export default [
  {
    id: 'security.do-not-use-default-cookie-name',
    section: 'Blog: security advice',
    kind: 'advice',
    level: ['wire'],
    scenario: 'multi-app',
    ja: '既定のセッション cookie 名をそのまま使わない。',
    en: 'Give the session cookie a name of your own instead of the default.',
  },
  {
    id: 'security.set-cookie-security-options',
    section: 'Blog: security advice',
    kind: 'advice',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: 'cookie のセキュリティ関連オプションを適切に設定する。',
    en: 'Choose suitable values for the options that protect the cookie.',
  },
] as const satisfies readonly Statement[]

import type { Statement } from './statement.ts'

export default [
  {
    id: 'cookie.defaults',
    section: 'options.cookie',
    kind: 'fact',
    level: ['wire', 'api'],
    scenario: 'cookie-attributes',
    ja: 'cookie 設定を省くと Path=/・HttpOnly あり・Secure なし・期限なしになる。',
    en: 'Without cookie settings you get Path=/, HttpOnly, no Secure and no expiry.',
  },
] as const satisfies readonly Statement[]

import type { Statement } from './statement.ts'

export default [
  {
    id: 'cookie.httpOnly.boolean-controls-attribute',
    section: 'options.cookie.httpOnly',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: 'httpOnly が真なら HttpOnly 属性が付き、偽なら付かない。',
    en: 'Truthy httpOnly emits HttpOnly, falsy omits it.',
  },
  {
    id: 'cookie.httpOnly.on-by-default',
    section: 'options.cookie.httpOnly',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: '何も指定しなければ HttpOnly が付く。',
    en: 'HttpOnly is emitted by default.',
  },
  {
    id: 'cookie.httpOnly.hidden-from-document.cookie',
    section: 'options.cookie.httpOnly',
    kind: 'behaviour',
    level: ['browser'],
    scenario: 'cookie-attributes',
    ja: 'HttpOnly の cookie はページの JavaScript の document.cookie から見えない。',
    en: 'Page scripts cannot see an HttpOnly cookie in document.cookie.',
  },
] as const satisfies readonly Statement[]

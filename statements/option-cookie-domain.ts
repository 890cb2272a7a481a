import type { Statement } from './statement.ts'

export default [
  {
    id: 'cookie.domain.sets-attribute',
    section: 'options.cookie.domain',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: 'cookie.domain の値が Set-Cookie の Domain 属性になる。',
    en: 'cookie.domain becomes the Domain attribute of Set-Cookie.',
  },
  {
    id: 'cookie.domain.unset-by-default',
    section: 'options.cookie.domain',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: '指定しなければ Domain 属性は付かない。',
    en: 'No Domain attribute is emitted unless asked for.',
  },
  {
    id: 'cookie.domain.default-applies-to-current-host-only',
    section: 'options.cookie.domain',
    kind: 'behaviour',
    level: ['browser'],
    scenario: 'cookie-attributes',
    ja: 'Domain が無い cookie を、ブラウザーは発行したホストにだけ送る。',
    en: 'A cookie without Domain is sent only to the host that set it.',
  },
] as const satisfies readonly Statement[]

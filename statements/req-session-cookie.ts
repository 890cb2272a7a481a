import type { Statement } from './statement.ts'

export default [
  {
    id: 'session.cookie.unique-object-per-session',
    section: 'req.session.cookie',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'セッションごとに固有の cookie オブジェクトが付く。',
    en: 'Each session has its own cookie object.',
  },
  {
    id: 'session.cookie.alter-per-visitor',
    section: 'req.session.cookie',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'per-visitor-cookie',
    ja: 'それを通じて訪問者ごとにセッション cookie を変えられる。',
    en: 'It lets you alter the cookie per visitor.',
  },
  {
    id: 'session.cookie.expires-false-makes-user-agent-session',
    section: 'req.session.cookie',
    kind: 'behaviour',
    level: ['wire', 'browser'],
    scenario: 'per-visitor-cookie',
    ja: 'req.session.cookie.expires を false にすると、ブラウザーを使っている間だけの cookie になる。',
    en: 'Setting req.session.cookie.expires to false makes the cookie last for the browser session only.',
  },
] as const satisfies readonly Statement[]

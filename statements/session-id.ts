import type { Statement } from './statement.ts'

export default [
  {
    id: 'session.id.unique-per-session',
    section: 'req.session.id / req.sessionID',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'セッションごとに一意な ID がある。',
    en: 'Each session has a unique id.',
  },
  {
    id: 'session.id.alias-of-sessionID',
    section: 'req.session.id / req.sessionID',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'req.session.id は req.sessionID の別名で、session 側からも ID を参照できる。',
    en: 'req.session.id is an alias of req.sessionID, reachable from the session object.',
  },
  {
    id: 'session.id.cannot-be-modified',
    section: 'req.session.id / req.sessionID',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'req.session.id は変更できない。',
    en: 'req.session.id cannot be modified.',
  },
  {
    id: 'req.sessionID.holds-loaded-id',
    section: 'req.session.id / req.sessionID',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'req.sessionID で、読み込みまたは作成された時点の ID が得られる。',
    en: 'req.sessionID gives the id, set when the session is loaded or created.',
  },
  {
    id: 'req.sessionID.read-only',
    section: 'req.session.id / req.sessionID',
    kind: 'fact',
    level: ['api', 'wire'],
    scenario: 'per-visitor-cookie',
    ja: 'req.sessionID は読み取り専用の値である。',
    en: 'req.sessionID is a read-only value.',
  },
] as const satisfies readonly Statement[]

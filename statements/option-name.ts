import type { Statement } from './statement.ts'

export default [
  {
    id: 'name.sets-and-reads-cookie-name',
    section: 'options.name',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'multi-app',
    ja: 'name は応答で設定し要求で読み取るセッション cookie の名前である。',
    en: 'name is the cookie name set in responses and read from requests.',
  },
  {
    id: 'name.default-connect.sid',
    section: 'options.name',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'multi-app',
    ja: '既定の名前は connect.sid である。',
    en: 'The default name is connect.sid.',
  },
  {
    id: 'name.apps-on-one-hostname-must-be-separated',
    section: 'options.name',
    kind: 'behaviour',
    level: ['browser'],
    scenario: 'multi-app',
    ja: '同じホスト名で複数のアプリを動かすなら、セッション cookie を互いに分けなければならない。',
    en: 'Several apps on one hostname must keep their session cookies apart.',
  },
  {
    id: 'name.scheme-and-port-do-not-separate',
    section: 'options.name',
    kind: 'behaviour',
    level: ['browser'],
    scenario: 'multi-app',
    ja: 'ホスト名だけが区切りで、スキームやポートが違っても別ホストにはならない。',
    en: 'Only the hostname counts: a different scheme or port is not a different host.',
  },
  {
    id: 'name.different-names-separate-apps',
    section: 'options.name',
    kind: 'behaviour',
    level: ['browser'],
    scenario: 'multi-app',
    ja: 'いちばん簡単な分け方は、アプリごとに name を変えることである。',
    en: 'The easy fix is a different name per app.',
  },
] as const satisfies readonly Statement[]

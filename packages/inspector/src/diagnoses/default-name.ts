import { lineOf, settings } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'

/** The cookie is called `connect.sid`. */
export const defaultName: Diagnosis = {
  id: 'default-name',
  kind: 'advice',
  title: { ja: 'Cookieの名前が既定(connect.sid)のまま', en: 'the cookie has the default name connect.sid' },
  fix: {
    words: {
      ja: 'アプリに固有の名前にします。HTTPSなら__Host-で始めます。',
      en: 'Give it a name of its own, with __Host- where there is HTTPS.',
    },
    code: "session({ …, name: '__Host-shop' })",
  },
  source: {
    title: 'express-session README, name; OWASP ASVS 3.3.3',
    url: 'https://github.com/expressjs/session#name',
  },
  lab: { scenario: 'multi-app' },
  find(seen) {
    const named = settings(seen).filter(({ sessionSet }) => sessionSet.name === 'connect.sid')
    const [first] = named
    if (!first) return []
    return [
      foundIn(named, {
        words: {
          ja: `Cookieの名前がconnect.sidのままで、使っているフレームワークが分かり、同じホストの別のアプリと衝突します(${requestOf(first)})。`,
          en: `The cookie is called connect.sid: it tells the framework, and meets that of any other app on this host (${requestOf(first)}).`,
        },
        evidence: [shown(first, lineOf(first.sessionSet), '既定の名前です。', 'The default name.')],
      }),
    ]
  },
}

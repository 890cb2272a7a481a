import { parsed } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf } from '../diagnose/found.ts'
import { secretKeyIn } from '../diagnose/secret-data.ts'
import type { SeenStep } from '../diagnose/seen.ts'

/** A password or a card number lies in the session. */
export const secretDataInSession: Diagnosis = {
  id: 'secret-data-in-session',
  kind: 'risk',
  title: {
    ja: 'パスワードやカード番号がセッションに入っている',
    en: 'a password or card number lies in the session',
  },
  fix: {
    words: {
      ja: 'セッションには入れません。要るのはIDだけです。途中の入力は、その場でハッシュにするか、別に守って保存します。',
      en: 'Keep it out: an ID is all that is needed. Hash it at once, or keep it elsewhere under protection.',
    },
    code: 'req.session.user = { id: user.id }',
  },
  source: { title: 'CWE-312; OWASP ASVS', url: 'https://cwe.mitre.org/data/definitions/312.html' },
  find({ steps }) {
    const keys = new Map<string, SeenStep[]>()
    for (const step of steps) {
      for (const { method, data } of step.exchange.calls) {
        const key = method === 'set' ? secretKeyIn(parsed(data)) : undefined
        if (key === undefined) continue
        const known = keys.get(key) ?? []
        if (!known.includes(step)) keys.set(key, [...known, step])
      }
    }
    return [...keys].flatMap(([key, all]) => {
      const [first] = all
      if (!first) return []
      return [
        foundIn(
          all,
          {
            about: key,
            words: {
              ja: `${requestOf(first)}で、セッションの${key}に秘密のデータが入りました。レコードを読める人は、だれでも見られます。`,
              en: `${requestOf(first)} put secret data into ${key} of the session: whoever can read rows can see it.`,
            },
            evidence: [
              {
                exchange: first.exchange.id,
                call: first.exchange.calls.findIndex(({ method }) => method === 'set'),
                words: { ja: `setに${key}があります。`, en: `set has ${key}.` },
              },
            ],
          },
          false,
        ),
      ]
    })
  },
}

import type { Diagnosis } from '../diagnose/diagnosis.ts'

const shortest = 32 // bytes

/** The secret is known from documentation, or can be guessed. */
export const weakSecret: Diagnosis = {
  id: 'weak-secret',
  kind: 'fault',
  title: {
    ja: 'secretが、だれでも知っているか短すぎる',
    en: 'the secret is known to everybody, or too short',
  },
  fix: {
    words: {
      ja: '32バイト以上の乱数にして、環境変数から読みます。',
      en: 'Use 32 random bytes or more, read from the environment.',
    },
    code: 'session({ …, secret: process.env.SESSION_SECRET }) // openssl rand -hex 32',
  },
  source: { title: 'CWE-798, CWE-321', url: 'https://cwe.mitre.org/data/definitions/798.html' },
  lab: { scenario: 'secret' },
  find({ sessions }) {
    return sessions.flatMap(({ secrets, where, name }) => {
      const weak = secrets.find(({ weakness, length }) => weakness !== null || length < shortest)
      if (!weak) return []
      const ja = weak.weakness === null ? `${weak.length}バイトしかなく` : '見本や辞書に載っている言葉で'
      const en =
        weak.weakness === null ? `is only ${weak.length} bytes` : 'is a word of samples or dictionaries'
      return [
        {
          about: where ?? name,
          words: {
            ja: `${name}のsecretは${ja}、署名を偽造できます。`,
            en: `The secret of ${name} ${en}: signatures can be forged.`,
          },
          evidence: [
            {
              words: {
                ja: `session()に渡されたsecretの長さは${weak.length}バイトです。`,
                en: `The secret given to session() has ${weak.length} bytes.`,
              },
            },
          ],
          exchanges: [],
          ...(where !== undefined && { where }),
        },
      ]
    })
  },
}

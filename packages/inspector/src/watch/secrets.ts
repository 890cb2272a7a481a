import { createHash } from 'node:crypto'
import type { SecretFacts } from '../exchange.ts'

/** What documentation, tutorials, templates and answers write: whoever reads them can sign. */
const known: ReadonlySet<string> = new Set(
  `keyboard cat|keyboardcat|keyboard-cat|keyboard_cat|keyboard dog|secret|secrets|secretkey|secret key|secret-key|secret_key|secretcode
mysecret|my secret|my-secret|my_secret|mysecretkey|my-secret-key|my secret key|my_secret_key|supersecret|super secret|super-secret
super_secret|supersecretkey|super-secret-key|super_secret_key|supersecretsessionkey|session secret|session-secret|session_secret|sessionsecret
your secret|your-secret|your_secret|yoursecret|your-secret-key|your_secret_key|your secret key|yoursecretkey|your-session-secret
your_session_secret|your_jwt_secret|some secret|some-secret|some_secret|somesecret|some secret key|a secret|asecret|this is a secret
thisisasecret|thisismysecret|this is my secret|thisismysecretkey|thisshouldbeabettersecret|thisshouldbeabettersecret!|notagoodsecret
not a good secret|changeme|change me|change-me|change_me|changeit|change this|change-this|replace me|replaceme|replace-me|todo|dev|development
dev secret|dev-secret|dev_secret|test|testing|test secret|test-secret|testsecret|password|passw0rd|p@ssw0rd|pass|qwerty|letmein|admin|root|default
hello|hello world|helloworld|foo|bar|foobar|foo bar|baz|cat|cats|kitty|dog|woof|abc|abcd|abc123|abcdef|abcdefg|123|1234|12345|123456|1234567|12345678
123456789|1234567890|xxx|xxxx|example|sample|demo|express|express-session|express session|node|nodejs|cookie|cookies|cookie secret|cookie-secret
cookiesecret|cookie_secret|session|sid|token|key|private key|privatekey|shhh|shhhh|shhhhh|shhhhhh|ssh|sssh|ssshhh|ssshhhhh|tobo!|til: keyboard cat
anything|whatever|random|randomstring|random string|secure|verysecret|very secret|very-secret|topsecret|top secret|top-secret|hogehoge|hoge|fuga|himitsu
秘密|ひみつ|secret word|secret phrase|secret string|my cat|ilovescotchscotchyscotchscotch|ilovescotch|max|s3cr3t|s3cret|secr3t|$ecret|mysupersecret
my super secret|my-super-secret|longrandomstring|long random string|a long random string|insert secret here|enter secret here|the secret|thesecret|jwt secret`
    .split(/[|\n]/)
    .map((one) => one.trim()),
)

const bytesOf = (secret: unknown): Buffer | undefined => {
  if (typeof secret === 'string') return Buffer.from(secret)
  if (secret instanceof Uint8Array) return Buffer.from(secret)
  return undefined
}

/**
 * What may be said of the secrets that session() was given, and never they themselves.
 * @param salt makes the digests worth nothing elsewhere
 */
export function secretsOf(given: unknown, salt: string): SecretFacts[] {
  return [given].flat(1).flatMap((secret) => {
    const bytes = bytesOf(secret)
    if (!bytes || bytes.length === 0) return []
    const digest = createHash('sha256').update(salt).update('\n').update(bytes).digest('hex').slice(0, 12)
    return [{ digest, length: bytes.length, weakness: weaknessOf(bytes.toString()) }]
  })
}

function weaknessOf(secret: string): SecretFacts['weakness'] {
  const plain = secret.trim().toLowerCase()
  if (known.has(plain) || known.has(plain.replace(/[!.]+$/, ''))) return 'known'
  const letters = plain.replace(/[\d\W_]+$/, '').replace(/^[\d\W_]+/, '')
  const isWord = known.has(letters) || known.has(letters.replace(/[-_ ]/g, ''))
  const isRepeated = /^(.{1,4})\1+$/.test(plain)
  return isWord || isRepeated || /^\d+$/.test(plain) ? 'guessable' : null
}

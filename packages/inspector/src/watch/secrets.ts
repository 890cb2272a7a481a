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
my super secret|my-super-secret|longrandomstring|long random string|a long random string|insert secret here|enter secret here|the secret|thesecret|jwt secret
squirrel|melody hensley is my spirit animal|a santa at nasa|shhhhhhared-secret|shared-secret|shared secret|manny is cool|manny the cat|cat on keyboard
typing cat|nyan cat|nyancat|session_secret_key|sessionkey|session key|session-key|session_key|sessionsecretkey|expresssecret|express secret|express-secret
nodesecret|node secret|blog|blogsecret|mysessionsecret|my session secret|my-session-secret|my_session_secret|your session secret|your_session_secret_key
your_secure_secret_key|your-very-secret-key|your super secret key|yoursupersecret|your-super-secret-key|your-secret-here|your_secret_here|your secret here
put your secret here|put-a-secret-here|use a strong secret|use-a-strong-secret|use_a_long_random_string|please change me|pleasechangeme|please-change-me
changemeinproduction|change-me-in-production|change_me_in_production|change in production|change-in-production|dev-only-secret|dev only|devsecret
local secret|local-secret|localsecret|localdev|not so secret|not-so-secret|notsosecret|notasecret|not a secret|not-a-secret|no secret|none|undefined|null
this is a long secret|this is a secret key|this_is_a_secret|this-is-a-secret|this is my long string that is used for session in http|a secret key|any string
anystring|some string|somestring|random secret|randomsecret|random text|very secret key|verysecretkey|very-secret-key|the cat|my little pony|open sesame
opensesame|abracadabra|swordfish|trustno1|iloveyou|monkey|dragon|welcome|starwars|sunshine|football|baseball|master|shadow|superman|batman|chocolate
princess|winter|summer|spring|autumn|company|website|webapp|myapp|my app|my-app|app|application|server|shop|store|login|user|auth|crypto|hash|salt|pepper
鍵|パスワード|シークレット|ないしょ|内緒|秘密の鍵|ひみつのかぎ|あいことば|合言葉`
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
  const isRepeated = /^(.{1,12}?)([-_. ]?\1)+$/.test(plain)
  return isWord || isRepeated || /^\d+$/.test(plain) || isOfWords(plain) ? 'guessable' : null
}

const small = new Set(
  'a an the my our your this is it for of and in to not so very super long new old key prod production'.split(
    ' ',
  ),
)
const longest = 100 // characters that are looked at

/** Whether it is nothing but such words, with whatever digits and signs between them. */
function isOfWords(plain: string): boolean {
  const parts = plain
    .slice(0, longest)
    .split(/[^a-z]+/)
    .filter(Boolean)
  return parts.length > 0 && parts.every((part) => small.has(part) || canBeCut(part))
}

/** Whether words of three letters or more, put together, make up this text. */
function canBeCut(text: string): boolean {
  const ends = [true]
  for (let end = 1; end <= text.length; end++) {
    ends[end] = ends.some((is, start) => is && start < end && isPlainWord(text.slice(start, end)))
  }
  return ends[text.length] === true
}

const isPlainWord = (text: string) => text.length > 2 && (known.has(text) || small.has(text))

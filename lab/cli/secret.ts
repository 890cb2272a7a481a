import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Trouble } from '../../common/words.ts'

const least = 32 // bytes

/**
 * The secrets that sign the cookies; the first one signs, all verify (README, "secret").
 * `SESSION_SECRET` (several separated by commas), else the file `secret` in `folder`, made on first use with
 * 32 random bytes and mode 0600, so that sessions survive a restart.
 * @throws Trouble in production without `SESSION_SECRET` or with a short one, or when the file cannot be used
 */
export function readSecrets(folder: string, env: NodeJS.ProcessEnv = process.env): string[] {
  const given = (env['SESSION_SECRET'] ?? '').split(',').map((secret) => secret.trim())
  const secrets = given.filter((secret) => secret !== '')
  if (env['NODE_ENV'] === 'production') refuseWeak(secrets)
  if (secrets.length > 0) return secrets
  const file = join(folder, 'secret')
  try {
    return [keptSecret(file)]
  } catch (error) {
    throw unusable(file, error)
  }
}

const howToMakeOne = `node -p "crypto.randomBytes(32).toString('base64url')"`

function refuseWeak(secrets: readonly string[]) {
  if (secrets.length === 0) {
    throw new Trouble({
      ja: `本番(NODE_ENV=production)では、環境変数SESSION_SECRETに32バイト以上の乱数を設定してください。作り方: ${howToMakeOne}`,
      en: `In production (NODE_ENV=production), set the environment variable SESSION_SECRET to 32 or more random bytes. To make them: ${howToMakeOne}`,
    })
  }
  secrets.forEach((secret, index) => {
    const size = Buffer.byteLength(secret)
    if (size >= least) return
    throw new Trouble({
      ja: `本番(NODE_ENV=production)では、SESSION_SECRETのどの鍵も32バイト以上でなければなりません。短い鍵は推測され、Cookieを偽造されます(${index + 1}番目の鍵は${size}バイト)。作り方: ${howToMakeOne}`,
      en: `In production (NODE_ENV=production), each secret in SESSION_SECRET has to have 32 bytes or more: a short one can be guessed, and cookies forged with it (secret ${index + 1} has ${size}). To make one: ${howToMakeOne}`,
    })
  })
}

/** The secret in the file, which the first of all processes makes. */
function keptSecret(file: string): string {
  const made = randomBytes(32).toString('base64url')
  if (!existsSync(file) && create(file, made)) return made
  const found = settled(file) || filled(file, made)
  if (found.length < least) throw new Error('too short')
  return found
}

const read = (file: string) => readFileSync(file, 'utf8').trim()

/**
 * Makes the file, unless there is one: under its name it is never seen half written, because it is written under
 * another one and linked.
 * @returns whether it has been made
 */
function create(file: string, secret: string): boolean {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const options = { flag: 'wx', mode: 0o600 } as const
  try {
    writeFileSync(draft, secret, { ...options, flush: true })
    if (!link(draft, file)) writeFileSync(file, secret, options)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** @returns false where the file system has no links (FAT) */
function link(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
    return false
  }
}

/** What is in the file; where there are no links, another process may be just writing it. */
function settled(file: string): string {
  const clock = new Int32Array(new SharedArrayBuffer(4))
  for (let tries = 0; tries < 10; tries++) {
    const found = read(file)
    if (found.length >= least) return found
    Atomics.wait(clock, 0, 0, 20) // ms
  }
  return read(file)
}

/**
 * Fills a file that was left empty by a disk that was full, or a process that was killed. Only who has made the file
 * `secret.next` may do so: the file that two processes find empty gets one secret.
 */
function filled(file: string, secret: string): string {
  const next = `${file}.next`
  if (!create(next, secret)) return settled(file)
  if (read(file) === '') renameSync(next, file)
  else rmSync(next)
  return read(file)
}

const unusable = (file: string, error: unknown) =>
  new Trouble({
    ja: `署名の鍵のファイル ${file} を使えません(${(error as Error).message})。消せば次の起動で作り直します(既存のセッションは無効になります)。`,
    en: `The secret in ${file} is unusable (${(error as Error).message}). Delete the file and the next start makes a new one (existing sessions end).`,
  })

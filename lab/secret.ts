import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Trouble } from './words.ts'

/**
 * The secrets that sign the cookies; the first one signs, all verify (README, "secret").
 * `SESSION_SECRET` (several separated by commas), else the file `secret` in `folder`, made on first use with
 * 32 random bytes and mode 0600, so that sessions survive a restart.
 * @throws Trouble in production without `SESSION_SECRET`, or when the file cannot be read or is empty
 */
export function readSecrets(folder: string, env: NodeJS.ProcessEnv = process.env): string[] {
  const given = (env['SESSION_SECRET'] ?? '').split(',').map((secret) => secret.trim())
  const secrets = given.filter((secret) => secret !== '')
  if (secrets.length > 0) return secrets
  if (env['NODE_ENV'] === 'production') {
    throw new Trouble({
      ja: '本番(NODE_ENV=production)では、環境変数SESSION_SECRETに32バイト以上の乱数を設定してください。',
      en: 'In production (NODE_ENV=production), set the environment variable SESSION_SECRET to 32 or more random bytes.',
    })
  }
  const file = join(folder, 'secret')
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unreadable(file, error)
  }
  try {
    const secret = readFileSync(file, 'utf8').trim()
    if (secret.length < 32) throw new Error('too short')
    return [secret]
  } catch (error) {
    throw unreadable(file, error)
  }
}

const unreadable = (file: string, error: unknown) =>
  new Trouble({
    ja: `署名の鍵のファイル ${file} を使えません(${(error as Error).message})。消せば次の起動で作り直します(既存のセッションは無効になります)。`,
    en: `The secret in ${file} is unusable (${(error as Error).message}). Delete the file and the next start makes a new one (existing sessions end).`,
  })

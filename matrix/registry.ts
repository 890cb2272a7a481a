import { execFileSync } from 'node:child_process'

/** What the registry knows of the newest version of a package. */
export interface Registry {
  newest: string
  /** The day on which it was published; null when the registry is a mirror, whose days are those of its copies. */
  published: string | null
  licence: string | null
  /** What the maintainers say to whoever installs it. */
  deprecated: string | null
}

/** Asks the registry for one package; null when it does not answer or has no such package. */
export function lookUp(name: string): Registry | null {
  try {
    const text = execFileSync('npm', ['view', name, '--json', 'version', 'time', 'license', 'deprecated'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 60_000,
    })
    const { version, time, license, deprecated } = JSON.parse(text) as {
      version: string
      time: Record<string, string>
      license?: string
      deprecated?: string
    }
    return {
      newest: version,
      published: (time['created'] && time[version]?.slice(0, 10)) || null, // mirrors do not tell `created`
      licence: license ?? null,
      deprecated: deprecated ?? null,
    }
  } catch {
    return null
  }
}

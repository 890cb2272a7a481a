import { execFileSync } from 'node:child_process'
import * as v from 'valibot'

/** What the registry knows of the newest version of a package. */
export const registry = v.object({
  newest: v.string(),
  /** The day on which it was published; null from a mirror, which only knows when it made its copy. */
  published: v.nullable(v.string()),
  licence: v.nullable(v.string()),
  /** What the maintainers say to whoever installs it. */
  deprecated: v.nullable(v.string()),
})
type Registry = v.InferOutput<typeof registry>

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
      deprecated?: string | false
    }
    return {
      newest: version,
      published: (time['created'] && time[version]?.slice(0, 10)) || null, // mirrors leave `created` out
      licence: license ?? null,
      deprecated: deprecated || null, // some say false
    }
  } catch {
    return null
  }
}

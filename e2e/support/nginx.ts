import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { certificate } from '../../lab/http/tls-proxy.ts'
import { findProgram, freePort, startServer } from '../../stores/servers/program.ts'
import { test } from './fixtures.ts'

/** Skips a test by name where nginx is missing; in CI it fails. */
function findNginx(): string {
  const program = findProgram('nginx')
  if (!program && process.env['CI']) throw new Error('nginx is not installed, and CI must not skip this')
  test.skip(!program, 'nginx is not installed on this machine')
  return program ?? ''
}

/** What nginx needs around a site, to run in a folder of its own and write nowhere else. */
const around = `
daemon off;
master_process off;
error_log stderr notice;
pid nginx.pid;
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((what) => `${what}_temp_path temp;`).join(' ')}
  include site.conf;
}
`

/**
 * Runs nginx with a site in front of an app while `use` runs. The two ports of the site, 3443 and 3000, become a free
 * one and that of the app; nothing else of it changes.
 * @param use gets where nginx answers, with a slash at the end
 */
export async function withNginx(site: string, appUrl: string, use: (url: string) => Promise<void>) {
  const program = findNginx()
  const folder = await mkdtemp(join(tmpdir(), 'lab-nginx-'))
  const port = await freePort()
  const { key, cert } = (await certificate()) as { key: string; cert: string }
  const files = {
    'nginx.conf': around,
    'site.conf': site.replaceAll(':3443', `:${port}`).replaceAll(':3000', `:${new URL(appUrl).port}`),
    'cert.pem': cert,
    'key.pem': key,
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  const url = `https://localhost:${port}/`
  const args = ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr']
  const nginx = await startServer(url, { program, args, cwd: folder, ready: /event method/ })
  try {
    await use(url)
  } finally {
    await nginx.stop()
    await rm(folder, { recursive: true })
  }
}

import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, freePort, type Server, startServer } from '../../stores/servers/program.ts'
import { type Kind, versionOf } from './server-for.ts'

/** Debian puts it where only root's PATH leads. */
const mariadbProgram = () => findProgram('mariadbd', '../sbin/mariadbd')

const database = 'session_test'

/** Whoever comes by TCP from this machine may use the database; made at each start, kept where it is there. */
const setup = `CREATE DATABASE IF NOT EXISTS ${database};
CREATE USER IF NOT EXISTS '${database}'@'127.0.0.1' IDENTIFIED BY 'password';
GRANT ALL ON ${database}.* TO '${database}'@'127.0.0.1';
`

/**
 * Makes a MariaDB data folder in `folder` and starts the server on a free loopback port.
 * @throws Error when it is not installed or does not start
 */
async function startMariadb(folder: string): Promise<Server> {
  const program = mariadbProgram()
  const installer = findProgram('mariadb-install-db', 'mysql_install_db')
  if (!program || !installer) throw new Error('mariadb-server is not installed')
  const data = join(folder, 'data')
  const initFile = join(folder, 'setup.sql')
  mkdirSync(data, { recursive: true })
  writeFileSync(initFile, setup)
  const user = process.getuid?.() === 0 ? ['--user=root'] : []
  const options = ['--no-defaults', `--datadir=${data}`, '--skip-test-db', ...user]
  execFileSync(installer, options, { cwd: folder, stdio: 'pipe' })
  const port = await freePort()
  return startServer(`mysql://${database}:password@127.0.0.1:${port}/${database}`, {
    program,
    args: [
      ...['--no-defaults', `--datadir=${data}`, `--init-file=${initFile}`, ...user],
      ...['--bind-address=127.0.0.1', `--port=${port}`, '--skip-name-resolve'],
      // as Debian configures it
      ...['--character-set-server=utf8mb4', '--collation-server=utf8mb4_general_ci'],
      // both in the data folder
      ...['--socket=mariadb.sock', '--pid-file=mariadb.pid'],
    ],
    cwd: folder,
    ready: /ready for connections/,
  })
}

export const mariadb: Kind = { start: startMariadb, version: () => versionOf('MariaDB', mariadbProgram()) }

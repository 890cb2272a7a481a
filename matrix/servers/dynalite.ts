import { emulator } from './emulator.ts'

/** Amazon DynamoDB, as dynalite stands for it; `from`: the module whose dependency tree has it. */
export const dynalite = (from: string) =>
  emulator({
    name: 'dynalite',
    from,
    script: 'dynalite/cli.js',
    args: (port) => ['--host', '127.0.0.1', '--port', `${port}`, '--path', 'rows', '--createTableMs', '0'],
    ready: /listening at/,
    of: 'Amazon DynamoDB',
  })

/** dynalite takes any. */
export const credentials = { accessKeyId: 'anybody', secretAccessKey: 'anything' }

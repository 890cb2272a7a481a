// Makes dist/ (or the folder that is named), which is what is published: plain JavaScript with types. Nothing of the lab
// needs it.
import { execFileSync } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const source = (/** @type {string} */ file) => join(here, 'src', file)
const folder = resolve(process.argv[2] ?? join(here, 'dist'))
const made = (/** @type {string} */ file) => join(folder, file)
const common = /** @type {const} */ ({
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  logLevel: 'warning',
})

rmSync(folder, { recursive: true, force: true })
await Promise.all([
  build({
    ...common,
    format: 'esm',
    entryPoints: {
      index: source('index.ts'),
      cli: source('cli/main.ts'),
      child: source('child.ts'),
      'elsewhere-child': source('elsewhere-child.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    chunkNames: '[name]-[hash]',
  }),
  // for test runners that require; CommonJS has no `import.meta.url`
  build({
    ...common,
    format: 'cjs',
    define: { 'import.meta.url': 'hereAsUrl' },
    banner: { js: "const hereAsUrl = require('node:url').pathToFileURL(__filename).href" },
    entryPoints: [source('index.ts')],
    outfile: made('index.cjs'),
  }),
])
chmodSync(made('cli.mjs'), 0o755)
// the types of the same files; the compiler's own file, because a bin may lie elsewhere
const typescript = createRequire(import.meta.url).resolve('typescript/package.json')
execFileSync(
  process.execPath,
  [join(dirname(typescript), 'bin/tsc'), '-p', join(here, 'tsconfig.build.json'), '--outDir', made('types')],
  { stdio: 'inherit' },
)

// Makes dist/ (or the folder that is named), which is what is published: plain JavaScript with types. Nothing of the lab
// needs it.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs'
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
/** What CommonJS has in the place of `import.meta.url`. */
const commonJs = /** @type {const} */ ({
  format: 'cjs',
  define: { 'import.meta.url': 'hereAsUrl' },
  banner: { js: "const hereAsUrl = require('node:url').pathToFileURL(__filename).href" },
})

rmSync(folder, { recursive: true, force: true })
await Promise.all([
  build({
    ...common,
    ...commonJs,
    entryPoints: [source('attach/register.ts')],
    outfile: made('register.cjs'),
  }),
  build({ ...common, ...commonJs, entryPoints: [source('main.ts')], outfile: made('index.cjs') }),
  // CommonJS as well: to import the packages, Node.js would search their files for names first, a quarter of the start
  build({ ...common, ...commonJs, entryPoints: [source('hub/main.ts')], outfile: made('hub.cjs') }),
  build({
    ...common,
    format: 'esm',
    entryPoints: { index: source('main.ts'), cli: source('cli/main.ts') },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    chunkNames: '[name]-[hash]',
  }),
])
chmodSync(made('cli.mjs'), 0o755)
cpSync(source('assets'), made('assets'), { recursive: true, filter: (file) => !file.endsWith('.d.ts') })
// the types of the same files; the compiler's own file, because a bin may lie elsewhere
const typescript = createRequire(import.meta.url).resolve('typescript/package.json')
execFileSync(
  process.execPath,
  [join(dirname(typescript), 'bin/tsc'), '-p', join(here, 'tsconfig.build.json'), '--outDir', made('types')],
  {
    stdio: 'inherit',
  },
)
// and once more for whoever requires the package: to TypeScript a declaration is of the kind that its package.json says
cpSync(made('types'), made('types-cjs'), { recursive: true })
writeFileSync(made('types-cjs/package.json'), '{ "type": "commonjs" }\n')

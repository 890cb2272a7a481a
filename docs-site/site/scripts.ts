import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { root } from '../../common/places.ts'

/** Scripts that share code with the site's builder, by the names of their files on the site. */
const bundled = {
  'search.js': 'docs-site/search/in-page.ts',
  'from-to.js': 'docs-site/versions/in-page.ts',
} as const
export type BundledScript = keyof typeof bundled

/** Writes each of them in one file and without imports: they also run from `file://`. */
export function writeScripts(folder: string): void {
  for (const [name, entry] of Object.entries(bundled)) {
    buildSync({
      entryPoints: [join(root, entry)],
      outfile: join(folder, name),
      ...{ bundle: true, minify: true, format: 'iife', target: 'es2022', logLevel: 'warning' },
    })
  }
}

/** Data as it may stand in a page, within `<script type="application/json">`. */
export const asJsonInPage = (data: unknown): string => JSON.stringify(data).replaceAll('<', '\\u003c')

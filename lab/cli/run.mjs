// The one entry point in plain JavaScript: a Node that is too old gets a sentence instead of a stack trace.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Node.js ${process.versions.node} では動きません。20.19 以降を入れてください。\n` +
      `Node.js ${process.versions.node} is too old. Please install 20.19 or newer (https://nodejs.org/).`,
  )
  process.exit(1)
}
const module = /** @type {{ enableCompileCache?(): void }} */ (await import('node:module'))
module.enableCompileCache?.() // from Node.js 22.1 on
process.setSourceMapsEnabled(true)
const { compile } = await import('../../common/compile.mjs')
const [script = ''] = process.argv.splice(2, 1)
const compiled = await compile(script).catch((error) => {
  console.error(error.message)
  process.exit(1)
})
await import(compiled)

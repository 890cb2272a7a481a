// Holds the apps of many cases in one process: told a file and a port, it loads the one that listens on the other.
import { pathToFileURL } from 'node:url'

process.on('message', async ({ file, port }) => {
  process.env.PORT = String(port)
  await import(pathToFileURL(file))
  process.send({ file })
})
// what one app leaves unhandled is not the end of the others
process.on('uncaughtException', (error) => console.error(error.message))
process.on('unhandledRejection', (error) => console.error(error?.message))
process.on('disconnect', () => process.exit())

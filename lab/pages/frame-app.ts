import { join } from 'node:path'
import express, { type Express } from 'express'
import { onlyFromHere, ownHeaders } from '#inspector'
import { root } from '../../common/places.ts'

/** An Express app for the frame's own pages: EJS out of `lab/pages/views/`, our style and scripts, the access rules. */
export function frameApp(): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', 'loopback') // the TLS proxy of a scenario that has one
  app.set('views', join(root, 'lab/pages/views'))
  app.set('view engine', 'ejs')
  app.use(onlyFromHere, ownHeaders)
  const assets = (folder: string) => express.static(join(root, folder), { cacheControl: false })
  app.use('/__lab/assets', assets('lab/pages/assets'), assets('packages/inspector/src/assets'))
  return app
}

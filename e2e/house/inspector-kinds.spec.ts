import { cpSync } from 'node:fs'
import { request as httpsRequest } from 'node:https'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { expect } from 'playwright/test'
import { certificate } from '../../lab/http/tls-proxy.ts'
import { panelOf, register, test, visitor } from '../support/attached.ts'
import { installedFolder } from '../support/installed.ts'
import type { Running } from '../support/own-process.ts'

/* What kinds of apps there are: each is watched with `--import` alone. */

const options = `{ secret: 'shh', resave: false, saveUninitialized: false }`
const counts = (name: string) =>
  `(req, res) => ${name}(req, res, () => { req.session.views = 1; res.end(process.pid + '') })`
/** On a busy machine the process of the panel takes its time to start. */
const patient = { timeout: 30_000 }

/** The port that the app of this name has printed. */
const portOf = (running: Running, name: string) =>
  Number(new RegExp(`^${name} at (\\d+)$`, 'm').exec(running.output())?.[1])

/** A visit of an https app whose certificate nobody has signed. */
const visitTls = (port: number) =>
  new Promise<number | undefined>((resolve, reject) => {
    const sent = httpsRequest(
      { host: 'localhost', port, path: '/tls', agent: false, rejectUnauthorized: false },
      (answer) => answer.resume().on('end', () => resolve(answer.statusCode)),
    )
    sent.on('error', reject).end()
  })

test('an app of https, and two copies of express-session in one process: each is seen, with its reasons and its own store', async ({
  own,
}) => {
  const shop = join(own.modules(), 'shop')
  cpSync(
    join(installedFolder(), 'node_modules/express-session'),
    join(shop, 'node_modules/express-session'),
    {
      recursive: true,
    },
  )
  cpSync(own.write('shop.js', `module.exports = require('express-session')`), join(shop, 'index.js'))
  own.write('pem.json', JSON.stringify(await certificate()))
  const text = `const http = require('node:http'), https = require('node:https')
  const ours = require('express-session'), theirs = require('shop')
  if (ours === theirs) throw new Error('one copy')
  const [one, two] = [ours(${options}), theirs(${options.replace('secret', "name: 'shop.sid', secret")})]
  const tell = (name, server) => server.listen(0, () => console.log(name + ' at ' + server.address().port))
  tell('tls', https.createServer(require('./pem.json'), ${counts('one')}))
  tell('shop', http.createServer(${counts('two')})).once('listening', () => console.log('all'))`
  const running = await own.node(['--import', register, own.write('app.js', text)], {}, 'all')
  await expect.poll(() => portOf(running, 'tls')).toBeGreaterThan(0)
  expect(await visitTls(portOf(running, 'tls'))).toBe(200)
  expect((await visitor(portOf(running, 'shop')).get('/shop')).status).toBe(200)
  await expect
    .poll(
      () =>
        own
          .report()
          .map(({ url, scheme, calls, debug, setCookie }) => [
            ...[url, scheme, setCookie[0]?.split('=')[0]],
            ...[
              calls.map(({ method, store }) => `${method} ${store}`),
              debug.includes('no SID sent, generating session'),
            ],
          ]),
      patient,
    )
    .toEqual([
      ['/tls', 'https', 'connect.sid', ['set 1'], true],
      ['/shop', 'http', 'shop.sid', ['set 2'], true],
    ])
})

test('child_process.fork, a cluster of two workers, and an app that esbuild bundled but for express-session: all report to one panel, each as a process of its own', async ({
  own,
}) => {
  own.write(
    'source.mjs',
    `import express from 'express'\nimport session from 'express-session'
    const app = express().use(session(${options}))
    app.get('/bundled', (req, res) => { req.session.views = 1; res.send(process.pid + '') })
    const server = app.listen(0, () => console.log('bundled at ' + server.address().port))`,
  )
  buildSync({
    entryPoints: [join(own.folder, 'source.mjs')],
    outfile: join(own.folder, 'bundle.cjs'),
    ...{ bundle: true, minify: true, platform: 'node', external: ['express-session'] },
  })
  const text = `const cluster = require('node:cluster')
  if (cluster.isPrimary) {
    cluster.fork(); cluster.fork()
    require('node:child_process').fork('./bundle.cjs')
  } else {
    const handle = require('express-session')(${options})
    const server = require('node:http').createServer(${counts('handle')})
    server.listen(0, () => console.log('worker at ' + server.address().port + '\\nworker ' + process.pid))
  }`
  const running = await own.node(['--import', register, own.write('app.js', text)], {}, 'bundled at ')
  await expect.poll(() => running.output().match(/^worker \d+$/gm)?.length).toBe(2)
  const port = portOf(running, 'worker')
  const pids: string[] = []
  for (const path of ['/first', '/second']) pids.push((await visitor(port).get(path)).text)
  pids.push((await visitor(portOf(running, 'bundled')).get('/bundled')).text)
  expect(new Set(pids).size).toBe(3) // the cluster gives them out in turn
  await expect
    .poll(
      () =>
        own
          .report()
          .map(({ url, calls, debug, processes = [] }) => [
            ...[url, calls.map(({ method }) => method), debug.some((line) => line.startsWith('saving '))],
            processes.map(({ pid }) => String(pid)),
          ])
          .sort(),
      patient,
    )
    .toEqual(
      ['/first', '/second', '/bundled'].map((url, index) => [url, ['set'], true, [pids[index]]]).sort(),
    )
  expect(new Set(running.output().match(/http:\/\/localhost:\d+\//g))).toEqual(new Set([panelOf(running)]))
})

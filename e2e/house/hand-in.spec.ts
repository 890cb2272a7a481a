import * as v from 'valibot'
import { handInForm } from '../../lab/hand-in/forms.ts'
import { listen } from '../../lab/http/listen.ts'
import { openIndex } from '../../lab/pages/index-page.ts'
import { expect } from '../support/fixtures.ts'
import { show, test, violations } from '../support/look.ts'

test.use({ app: 'views' })

const said = { at: 5, step: 'step-1', questions: { 'step-1-1': { predicted: '0', seen: '1' } } }

test('a learner hands in all lessons from the index as one file, without sids, and with a name only if one was typed', async ({
  request,
  demo,
}) => {
  const index = openIndex()
  index.add(demo.lab)
  const listening = await listen(index.handler, 0)
  const take = async (query: string) => {
    const answer = await request.get(`http://localhost:${listening?.port}/hand-in.json${query}`)
    expect(answer.headers()['content-disposition']).toContain('attachment')
    return { text: await answer.text(), file: v.parse(handInForm, await answer.json()) }
  }
  expect((await take('')).file.lessons).toEqual([]) // nothing is touched yet
  await request.get('/foo')
  await request.get('/foo')
  const post = (data: object, origin = new URL(demo.url).origin) =>
    request.post('/__lab/answers', { data, headers: { origin } })
  expect((await post(said)).status()).toBe(204)
  expect((await post({ ...said, step: '<b>' })).status()).toBe(400)
  expect((await post(said, 'http://localhost:1')).status()).toBe(403)

  const { text, file } = await take('?name=Aki')
  expect(file.name).toBe('Aki')
  expect(file.lessons).toMatchObject([
    {
      slug: 'views',
      answers: said,
      timeline: [
        { method: 'GET', url: '/foo', status: 200, sent: null, set: 'sid-1' },
        { sent: 'sid-1', set: null },
      ],
    },
  ])
  const { cookies } = await request.storageState()
  const sid = /^s(?:%3A|:)([^.]+)\./.exec(cookies[0]?.value ?? '')?.[1]
  expect(sid).toHaveLength(32)
  expect(text).not.toContain(sid)
  expect((await take('')).file).not.toHaveProperty('name')
  await listening?.close()
})

test('the page for handing in is there where a lesson runs alone, and axe finds nothing on it', async ({
  warmPage,
  request,
}) => {
  expect(await (await request.get('/__lab/')).text()).toContain('href="/__lab/hand-in"')
  const response = await request.get('/__lab/hand-in?lang=en')
  await show(warmPage, await response.text(), response.url())
  expect(await violations(warmPage)).toEqual([])
})

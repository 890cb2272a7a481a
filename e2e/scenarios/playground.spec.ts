import { codeFor, linkTo, readChoice, remarksOn } from '../../apps/playground/form/choice.ts'
import { presets } from '../../apps/playground/form/presets.ts'
import { fields } from '../../apps/playground/form/schema.ts'
import { expect, test } from '../support/fixtures.ts'
import { parseSetCookie } from '../support/wire.ts'

test.use({ app: 'playground' })

const chosen = (values: Record<string, string>) =>
  readChoice(new URLSearchParams({ ...readChoice(new URLSearchParams()), ...values }))
const impossible = (values: Record<string, string>) =>
  remarksOn(chosen(values)).filter(({ isImpossible }) => isImpossible).length

test('the demo runs with exactly the options that were chosen', async ({ page, demo, evidence }) => {
  await page.goto('/options')
  await page.getByLabel('name', { exact: true }).fill('mine')
  await page.getByLabel('cookie.maxAge').fill('60000')
  await page.getByLabel('cookie.httpOnly').selectOption('false')
  await page.getByLabel('cookie.sameSite').selectOption("'strict'")
  await page.getByLabel('cookie.priority').selectOption("'high'")
  await page.getByRole('button', { name: 'Run with these' }).click()
  await expect(page.getByText('Running with these options.')).toBeVisible()
  await page.getByRole('link', { name: 'write' }).click()
  await expect(page.getByLabel('count')).toHaveText('1')
  await expect(page.locator('pre')).toContainText("name: 'mine'")
  const lines = demo.wire().flatMap(({ setCookie }) => setCookie)
  await evidence.setCookie('Set-Cookie', lines)
  expect(lines.map(parseSetCookie)).toEqual([
    {
      name: 'mine',
      value: expect.any(String),
      attributes: { Path: '/', Expires: expect.any(String), Priority: 'High', SameSite: 'Strict' },
    },
  ])
})

test('a preset runs at one press: nothing else is changed, the demo stands beside its options, and the lab shows their code', async ({
  page,
  demo,
}) => {
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto('/__lab/?lang=en')
  const frame = page.frameLocator('.demo iframe')
  await page.locator('#code > summary').click()
  await expect(page.locator('#code-shown pre').first()).toHaveText(codeFor(chosen({})))
  await frame.getByLabel('name', { exact: true }).fill('typed-but-not-sent')
  await frame.getByRole('button', { name: 'rolling: true' }).click()
  await expect(frame.getByRole('button', { name: 'rolling: true' })).toHaveAttribute('aria-current', 'true')
  const code = codeFor(chosen({ rolling: 'true' }))
  await expect(frame.locator('pre')).toHaveText(code)
  await frame.getByRole('link', { name: 'write' }).click()
  await frame.getByRole('link', { name: 'read' }).click()
  await expect.poll(() => demo.wire().at(-1)?.setCookie.length).toBe(1)
  await frame.getByLabel('cookie.priority').scrollIntoViewIfNeeded()
  for (const [role, name] of [
    ['button', 'Run with these'],
    ['link', 'write'],
  ] as const)
    await expect(frame.getByRole(role, { name })).toBeInViewport()
  await expect(frame.getByLabel('count')).toBeInViewport()
  const seen = demo.wire().length
  await expect(page.locator('#code-shown pre').first()).toHaveText(code) // which the page has noticed by itself
  await frame.getByRole('link', { name: 'write' }).click()
  await expect(frame.getByLabel('count')).toHaveText('2')
  expect(demo.wire().length - seen).toBe(2) // the demo was not loaded anew
})

test('the presets differ, and each of them runs', () => {
  const codes = presets.map(({ differs }) => codeFor(chosen(differs)))
  expect(new Set(codes).size).toBe(presets.length)
  expect(presets.filter(({ differs }) => impossible(differs) > 0)).toEqual([])
  for (const [n, { name, isCode }] of presets.entries()) if (isCode) expect(codes[n]).toContain(name)
})

test('the link restores the choice, and says that it does not run yet', async ({ page }) => {
  const link = linkTo(chosen({ name: 'from.a.link', rolling: 'true', 'cookie.domain': 'app.test' }))
  await page.goto(link)
  await expect(page.getByLabel('name', { exact: true })).toHaveValue('from.a.link')
  await expect(page.getByLabel('rolling')).toHaveValue('true')
  await expect(page.getByText('Not running yet.')).toBeVisible()
  await expect(page.locator('pre')).toContainText("domain: 'app.test'")
  await expect(page.getByRole('link', { name: 'Link to these options' })).toHaveAttribute('href', link)
})

test('what the browser refuses is explained, and the app goes on', async ({ page, cookie }) => {
  await page.goto('/options')
  await page.getByLabel('cookie.sameSite').selectOption("'none'")
  await page.getByRole('button', { name: 'Run with these' }).click()
  await expect(page.locator('#remarks')).toContainText('SameSite=None needs Secure')
  await page.goto('/write')
  await expect(page.getByLabel('count')).toHaveText('0')
  expect(await cookie('playground.sid')).toBeUndefined()
})

test('an impossible choice is refused in words and the running one stays', async ({ page }) => {
  await page.goto('/write')
  await page.goto('/options')
  await page.getByLabel('name', { exact: true }).fill('a b;c')
  await page.getByRole('button', { name: 'Run with these' }).click()
  await expect(page.locator('#remarks')).toContainText('name has characters')
  await page.goto('/')
  await expect(page.getByLabel('count')).toHaveText('1')
})

test('a name that every object has is refused, because express-session fails on it', async ({ request }) => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const answer = await request.post('/options', { form: chosen({ name }), maxRedirects: 0 })
    expect(answer.status(), name).toBe(400)
    expect(await answer.text()).toContain('name must not be a name that every JavaScript object has')
    const page = await request.get('/', { headers: { cookie: 'any=1' } })
    expect(page.status(), name).toBe(200)
  }
})

test('outside of its path there is no session, and the page says so', async ({ page }) => {
  await page.goto('/options')
  await page.getByLabel('cookie.path').fill('/admin')
  await page.getByRole('button', { name: 'Run with these' }).click()
  for (const path of ['/', '/write', '/unset', '/destroy', '/regenerate']) {
    await page.goto(path)
    await expect(page.getByLabel('count')).toHaveText('req.session: undefined')
  }
})

test('every single choice of every option runs or is refused in words', async ({ request }) => {
  test.slow()
  for (const { name, choices, isNumber } of fields) {
    const texts = choices ?? [
      '',
      'x',
      '/x',
      '日本語',
      "'",
      '\\',
      '<script>',
      ...(isNumber ? ['-1', '0', '1e9', '9'.repeat(15)] : []),
    ]
    for (const [index, text] of texts.entries()) {
      const answer = await request.post('/options', {
        form: { ...chosen({ [name]: text }) },
        maxRedirects: 0,
      })
      expect(answer.status(), `${name}: ${text}`).toBe(impossible({ [name]: text }) > 0 ? 400 : 303)
      const pages = index === 0 ? ['/', '/write', '/regenerate', '/destroy', '/unset'] : ['/write']
      for (const path of pages) {
        expect((await request.get(path)).status(), `${name}: ${text} ${path}`).toBe(200)
      }
    }
  }
})

test('a body that is no form, or huge, is answered in words', async ({ request }) => {
  expect((await request.post('/options', { data: { name: 'x' } })).status()).toBe(200)
  const huge = await request.post('/options', { form: { name: 'x'.repeat(100_000) } })
  expect(huge.status()).toBe(413)
})

test('the code is the choice, and nothing that was left out', () => {
  expect(codeFor(readChoice(new URLSearchParams()))).toBe(
    [
      'app.use(session({',
      "  name: 'playground.sid',",
      '  secret: secret,',
      '  store: store,',
      '  resave: false,',
      '  saveUninitialized: false,',
      '  cookie: {',
      '    maxAge: 10000,',
      "    path: '/',",
      "    sameSite: 'lax',",
      '  },',
      '}))',
    ].join('\n'),
  )
})

test('every documented option can be chosen', () => {
  expect(fields.map(({ name }) => name).sort()).toEqual(
    [
      ...['name', 'secret', 'store', 'genid', 'resave', 'saveUninitialized', 'rolling', 'unset', 'proxy'],
      ...[
        'maxAge',
        'expires',
        'path',
        'domain',
        'httpOnly',
        'secure',
        'sameSite',
        'partitioned',
        'priority',
      ].map((attribute) => `cookie.${attribute}`),
    ].sort(),
  )
})

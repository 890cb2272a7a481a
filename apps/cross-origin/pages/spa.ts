/**
 * A single-page app in small: for each API a button that calls it, and what comes back.
 * @param apis their origins; empty for that of the page
 * @param init the code of what `fetch` is given beside the address
 */
export const spa = (apis: readonly string[], init: string): string =>
  apis.map((api) => caller(api, `fetch('${api}/api/count', ${init})`)).join('')

const caller = (api: string, call: string) => `
<section>
<p class="actions"><button class="button" type="button">count</button> <output>–</output> ${linkTo(api)}</p>
<p><small><code>${call}</code></small></p>
<script>
  {
    const here = document.currentScript.parentElement
    const show = (text) => {
      here.querySelector('output').textContent = text
    }
    here.querySelector('button').onclick = () => {
      show('…')
      ${call}
        .then((response) => response.json())
        .then(({ count }) => show(count), (error) => show('✕ ' + error.message))
    }
  }
</script>
</section>`

const linkTo = (api: string) => api && `<a href="${api}/" target="_blank" rel="noopener">${api}/</a>`

/** The origins of what listens at `url`, under both names of this computer: two sites to a browser. */
export function originsOf(url: string): string[] {
  const { protocol, port } = new URL(url)
  return ['localhost', '127.0.0.1'].map((host) => `${protocol}//${host}:${port}`)
}

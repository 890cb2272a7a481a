/** A single-page app in small: a button makes the call, and what comes back is shown. `call` is the code of a fetch. */
export const spa = (call: string): string => `
<p class="count" id="count" role="status">–</p>
<p><button class="button" id="button" type="button">count</button></p>
<p><code>${call}</code></p>
<script>
  const show = (text) => {
    document.getElementById('count').textContent = text
  }
  document.getElementById('button').onclick = () => {
    show('…')
    ${call}
      .then((response) => response.json())
      .then(({ count }) => show(count), (error) => show('✕ ' + error.message))
  }
</script>`

/** The origins of the page at `url`, under both names of this computer: two sites to a browser. */
export function originsOf(url: string): string[] {
  const { protocol, port } = new URL(url)
  return ['localhost', '127.0.0.1'].map((host) => `${protocol}//${host}:${port}`)
}

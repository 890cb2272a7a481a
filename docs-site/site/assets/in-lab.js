// @ts-check

/*
 * From a file, a statement says which command starts its scenario and where it then is. Served by the index of all
 * scenarios, which runs them, it leads right there: the index knows the ports.
 */
if (location.protocol !== 'file:') void leadThere()

async function leadThere() {
  const running = await runningScenarios()
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll('a[data-in-lab]')
  for (const link of links) {
    const { scenario = '', inLab = '' } = link.dataset
    if (!running.includes(scenario)) continue
    link.href = inLab
    link.textContent = new URL(inLab, location.href).href
    const command = link.closest('dl')?.querySelector('[data-run] code')
    // a variant that the command begins with has still to be chosen on the page
    if (command && !command.textContent?.includes('--variant')) command.closest('div')?.remove()
  }
}

/** @returns {Promise<readonly string[]>} the slugs of the scenarios that this server runs; none for any other server */
async function runningScenarios() {
  try {
    const answer = await fetch('/__lab/about')
    if (answer.headers.get('X-Express-Session-Lab') !== 'index') return []
    return (await answer.json()).scenarios
  } catch {
    return []
  }
}

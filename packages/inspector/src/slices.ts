const slice = 10 // ms

/** Goes through `items`, and whenever 10 ms have passed lets everybody else have their turn. */
export async function* inSlices<T>(items: Iterable<T>): AsyncGenerator<T> {
  let since = performance.now()
  for (const item of items) {
    yield item
    if (performance.now() - since < slice) continue
    await new Promise(setImmediate)
    since = performance.now()
  }
}

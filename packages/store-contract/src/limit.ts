/** `work`, or an Error that says which step took longer than `limit` ms. */
export async function within<T>(limit: number, work: Promise<T>, step: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${step}: not done within ${limit / 1000} s`)), limit)
  })
  try {
    return await Promise.race([work, timeUp])
  } finally {
    clearTimeout(timer)
  }
}

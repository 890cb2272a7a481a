import type { Run, Unrecorded } from './running.ts'

/** Lets a class begin with an object that is there already. */
const Given = function (this: unknown, one: object) {
  return one
} as unknown as new (
  one: object,
) => object

/*
 * Not a WeakMap: one that is old keeps its young values alive until the next full collection, and with each value the
 * request and its response. A private field is seen by nobody else, either, and goes with its object.
 */
class Marked extends Given {
  #run: Run | Unrecorded

  constructor(one: object, run: Run | Unrecorded) {
    super(one)
    this.#run = run
  }

  static of(one: object): Run | Unrecorded | undefined {
    return #run in one ? one.#run : undefined
  }

  static set(one: object, run: Run | Unrecorded): void {
    if (#run in one) one.#run = run
    else new Marked(one, run)
  }
}

/** The run that a request or a response belongs to. */
export const runOf: (one: object) => Run | Unrecorded | undefined = Marked.of

/** Notes the run that a request or a response belongs to, where nobody else sees it. */
export const setRun: (one: object, run: Run | Unrecorded) => void = Marked.set

import vm from 'node:vm'

type Any = (this: unknown, ...args: unknown[]) => unknown

/** What is to happen with a file that Jest loads. */
export interface JestListener {
  /** Is asked of a file's code. */
  isWanted(content: string): boolean
  /** Makes the module in the place of Jest. */
  load(module: NodeModule, make: (require: unknown) => void): void
}

const wrapper = 'Object.<anonymous>' // what an older Jest has a module's code in
const first = 'module,exports,require' // what a module's code is given

/**
 * Jest has a module system of its own: it compiles a file in the context of its test, as a function that makes the
 * module; before Jest 30.5 as a script that gives that function.
 */
export function watchJestModules({ isWanted, load }: JestListener): void {
  const front = (make: Any): Any =>
    function (module, exports, _require, ...rest) {
      load(module as NodeModule, (require) => make.call(this, module, exports, require, ...rest))
    }
  const { compileFunction } = vm
  vm.compileFunction = (code, params, options) => {
    const make = compileFunction(code, params, options)
    const isModule = options?.parsingContext && params?.slice(0, 3).join() === first
    return isModule && isWanted(code) ? (front(make as Any) as typeof make) : make
  }
  const prototype = vm.Script.prototype as unknown as { runInContext: Any }
  const run = prototype.runInContext
  prototype.runInContext = function (...args) {
    const result = run.apply(this, args)
    const make: unknown = Object.hasOwn(Object(result), wrapper) && Reflect.get(Object(result), wrapper)
    return typeof make === 'function' && isWanted(String(make)) ? { [wrapper]: front(make as Any) } : result
  }
}

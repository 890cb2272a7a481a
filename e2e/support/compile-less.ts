import { setFlagsFromString } from 'node:v8'

/*
 * A worker runs much code a few times, and little of it for long: a sixth of its CPU went into compiling what V8 takes for
 * hot. It is to take ten times as long to think so (66 KB of bytecode run by a function, when left alone).
 */
setFlagsFromString('--interrupt-budget=675840')

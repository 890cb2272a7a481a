// The server answers /idiomorph.js beside inspector.js with the package's own ES module.
export { Idiomorph } from 'idiomorph'

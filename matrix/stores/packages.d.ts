// The packages of a store are installed when the matrix runs it, and then their own types count; until then they are
// whatever they need to be, and what the adapters share with the house is checked.
declare module '*'

/** The part of seedrandom that is used: the Alea generator with a state that can be saved. */
declare module 'seedrandom/lib/alea.js' {
  /** The generator's whole state. */
  interface AleaState {
    c: number;
    s0: number;
    s1: number;
    s2: number;
  }
  /** Draws a multiple of 2⁻³² in [0, 1). */
  interface AleaGenerator {
    (): number;
    int32(): number;
    state(): AleaState;
  }
  export default function alea(seed: string, options: { state: true | AleaState }): AleaGenerator;
}

/**
 * How elements stand in rows of numbers: what columns, replay buffers and networks see.
 *
 * | space         | numbers in a row                                                       |
 * | ------------- | ---------------------------------------------------------------------- |
 * | Discrete      | the integer, counted from 0                                            |
 * | Box           | the elements, row-major                                                |
 * | MultiDiscrete | the integers, counted from 0 each                                      |
 * | MultiBinary   | the zeros and ones                                                     |
 * | Text          | each letter's number in the alphabet, from 1; 0 where there is none    |
 * | Tuple         | the parts, one after the other                                         |
 * | Dict          | likewise, in the order of their names                                  |
 * | Sequence      | its length; then its items, zeros where there are none                 |
 * | Graph         | numbers of nodes and edges; then nodes, edges, links, with zeros       |
 * | OneOf         | the index of the part; then its element, zeros up to the longest one's |
 *
 * Sequences and graphs fit a row only where they have a greatest length.
 */
export type NumberRow = Float64Array | Float32Array | Int32Array | Uint8Array | number[];

export { countedFromZero } from './counted.ts';
export { readRow } from './read-row.ts';
export { rowReader } from './row-reader.ts';
export { fitsRow, isIntegral, rowSize } from './row-sizes.ts';
export { writeRow } from './write-row.ts';

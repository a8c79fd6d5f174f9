export type { Evaluator } from './evaluator.ts';
export { SEARCH_DEFAULTS, Search, type SearchOptions } from './search.ts';
export { NONE, ROOT, SearchTree } from './search-tree.ts';

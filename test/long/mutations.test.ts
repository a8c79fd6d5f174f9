// All mutations: see PALAESTRA_LONG there.
import '../mutations/mutations.test.ts';

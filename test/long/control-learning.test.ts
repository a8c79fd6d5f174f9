// With 20 seeds each: see PALAESTRA_LONG there.
import '../agents/convergence.test.ts';
import '../agents/tabular/control-learning.test.ts';

// With 20 seeds each: see PALAESTRA_LONG there.
import '../agents/tabular/control-learning.test.ts';

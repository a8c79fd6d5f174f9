import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { curvesOf, type EpisodeCurves } from '../episode/curves.ts';
import { formatCount, formatNumber } from '../format/number.ts';
import { type MetricsLog, pointsOf } from '../net/metrics-log.ts';
import { Chart, type SeriesLook } from './chart.tsx';
import { useViewer } from './context.ts';

const REWARD: readonly SeriesLook[] = [{ label: 'reward', color: 'curve-1', kind: 'bars' }];
const RETURN: readonly SeriesLook[] = [{ label: 'return', color: 'curve-2', kind: 'steps' }];
const VALUE: readonly SeriesLook[] = [{ label: 'V(s)', color: 'curve-3', kind: 'line' }];
const LEARNING: readonly SeriesLook[] = [
  { label: 'mean return', color: 'curve-2', kind: 'line' },
  { label: 'evaluation', color: 'curve-1', kind: 'points' },
];

/** The episode's curves, and the run's learning curve with the place of this episode. */
export function EpisodeStrip(): JSX.Element | null {
  const { store } = useViewer();
  const replay = store.replay.value;
  const curves = useMemo(() => (replay ? curvesOf(replay) : null), [replay]);
  if (curves === null) return null;
  return (
    <section class="strip" aria-label="Curves">
      <StepChart title="Reward" curves={curves} column={curves.rewards} series={REWARD} />
      <StepChart title="Return" curves={curves} column={curves.returns} series={RETURN} />
      {curves.values ? (
        <StepChart title="V(s)" curves={curves} column={curves.values} series={VALUE} />
      ) : null}
      <LearningCurve log={store.metrics.value} />
    </section>
  );
}

function StepChart(props: {
  readonly title: string;
  readonly curves: EpisodeCurves;
  readonly column: readonly (number | null)[];
  readonly series: readonly SeriesLook[];
}): JSX.Element {
  const { store, actions } = useViewer();
  const { title, curves, column, series } = props;
  const step = store.step.value;
  const data = useMemo(() => [curves.steps, column], [curves, column]);
  const here = column[Math.min(step, column.length - 1)];
  const summary = `${title} over ${curves.steps.length} steps, here ${here ?? 'unknown'}`;
  const rest = { data, series, now: step, theme: store.theme.value };
  return (
    <Chart title={title} summary={summary} {...rest} choose={(x) => actions.goTo(Math.round(x))} />
  );
}

function LearningCurve({ log }: { readonly log: MetricsLog }): JSX.Element | null {
  const { store } = useViewer();
  const data = useMemo(() => {
    const points = pointsOf(log);
    return [
      points.map((point) => point.steps),
      points.map((point) => point.meanReturn),
      points.map((point) => point.evaluation),
    ];
  }, [log]);
  const numPoints = data[0].length;
  if (numPoints === 0) return null;
  const now = store.replay.value?.episode.meta.agentSteps ?? null;
  const last = data[1][numPoints - 1];
  const summary = `Mean return over ${formatCount(data[0][numPoints - 1] ?? 0)} training steps, last ${
    last === null ? 'unknown' : formatNumber(last)
  }`;
  const rest = { data, series: LEARNING, now, theme: store.theme.value };
  return <Chart title="Learning curve: mean return" summary={summary} {...rest} fromZero />;
}

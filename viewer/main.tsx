import { render } from 'preact';
import { startApp } from './app/start.ts';
import { ViewerContext } from './ui/context.ts';
import { Shell } from './ui/shell.tsx';

const root = document.querySelector('#app');
if (root) {
  const viewer = startApp();
  render(
    <ViewerContext.Provider value={viewer}>
      <Shell />
    </ViewerContext.Provider>,
    root,
  );
}

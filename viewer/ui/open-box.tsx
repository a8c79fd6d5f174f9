import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useViewer } from './context.ts';
import { openChosen } from './drop-zone.tsx';

/** Opens a recording from elsewhere: by its address, or a file. */
export function OpenBox(): JSX.Element {
  const { actions } = useViewer();
  const [address, setAddress] = useState('');
  return (
    <form
      class="open-box"
      onSubmit={(event) => {
        event.preventDefault();
        if (address.trim() !== '') actions.open(address.trim());
      }}
    >
      <input
        type="url"
        aria-label="Address of a recording"
        placeholder="https://…/best.rlrec"
        value={address}
        onInput={(event) => setAddress(event.currentTarget.value)}
      />
      <button type="submit">Open address</button>
      <label class="file-button">
        Open file
        <input
          type="file"
          accept=".rlrec"
          onChange={(event) => openChosen(actions, event.currentTarget.files?.[0])}
        />
      </label>
    </form>
  );
}

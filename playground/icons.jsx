/** The few signs of the page, drawn with one line weight. */

const SIGNS = {
  undo: 'M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  redo: 'm15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3',
  share: 'M12 15V3m0 0L7.5 7.5M12 3l4.5 4.5M5 13v6a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-6',
  moon: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2m0 16v2M4.9 4.9l1.4 1.4m11.4 11.4 1.4 1.4M2 12h2m16 0h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  close: 'M6 6l12 12M18 6 6 18',
  down: 'm6 9 6 6 6-6',
  up: 'm6 15 6-6 6 6',
  warn: 'M12 3 2.5 20h19L12 3Zm0 7v4m0 3v.01',
  done: 'm5 13 4.5 4.5L19 7',
  plus: 'M12 5v14M5 12h14',
  bin: 'M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13',
  copies: 'M9 9h11v11H9zM5 15H4V4h11v1',
  ask: 'M9 9a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 1.9v.3m0 3v.01',
  file: 'M7 3h7l5 5v13H7zM14 3v5h5',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4v5l3.5 2',
};

/** @typedef {keyof typeof SIGNS} Name */

/** @param {{ name: Name }} props */
export function Icon({ name }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.9"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={SIGNS[name]} />
    </svg>
  );
}

/** @param {{ name: Name, label: string, act: () => void, disabled?: boolean }} props */
export function Tool({ name, label, act, disabled = false }) {
  return (
    <button
      type="button"
      class="tool"
      title={label}
      aria-label={label}
      aria-disabled={disabled}
      onClick={() => disabled || act()}
    >
      <Icon name={name} />
    </button>
  );
}

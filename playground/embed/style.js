/** How the element looks: its own sheet, which takes the font and the colours of the page around it. */
export const STYLE = `
:host { display: inline-grid; gap: 0.5em; width: min(100%, 20em); padding: 1em 1.2em; border: 1px solid color-mix(in srgb, currentcolor 22%, transparent); border-radius: 16px; line-height: 1.4; }
:host([hidden]) { display: none; }
p { margin: 0; display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.2em 0.6em; }
b { font-size: 2.2em; line-height: 1; letter-spacing: -0.03em; }
[part="label"] { font-weight: 600; }
[part="meter"] { display: block; height: 0.5em; border-radius: 1em; overflow: hidden; background: color-mix(in srgb, currentcolor 14%, transparent); }
[part="meter"]::after { content: ""; display: block; height: 100%; width: calc(100% * var(--share)); border-radius: inherit; background: var(--lead-score-accent, #0f766e); }
ul { margin: 0; padding: 0; list-style: none; font-size: 0.92em; }
li + li { margin-top: 0.2em; }
`;

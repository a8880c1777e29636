/** How every page for people looks that holds all it needs, on a screen in either light and on paper; each adds its own. */
export const pageStyle = `
:root { color-scheme: light dark; --line: light-dark(#c8ccd2, #4a5058); --soft: light-dark(#f3f4f6, #23272d);
  --quiet: light-dark(#565d66, #a8b0ba); --text: light-dark(#16191d, #e8eaed); --back: light-dark(#fff, #15181c);
  --accent: light-dark(#0b57d0, #8ab4f8); font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; color: var(--text); background: var(--back); }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; overflow-wrap: anywhere; }
p { margin: .25rem 0; } .quiet { color: var(--quiet); } ul { margin: .25rem 0; padding-left: 1.25rem; }
section { break-inside: avoid; } .scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: var(--quiet); padding: .25rem 0; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
@media print { :root { color-scheme: light; font-size: 10pt; } body { max-width: none; padding: 0; } }
`;

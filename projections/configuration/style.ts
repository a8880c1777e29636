/** How the page looks, on a screen in either light and on paper. */
export const style = `
:root { color-scheme: light dark; --line: light-dark(#c8ccd2, #4a5058); --soft: light-dark(#f3f4f6, #23272d);
  --quiet: light-dark(#565d66, #a8b0ba); font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; color: light-dark(#16191d, #e8eaed);
  background: light-dark(#fff, #15181c); }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
p, dl { margin: .25rem 0; } .quiet { color: var(--quiet); }
section { border-top: 1px solid var(--line); break-inside: avoid; }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: 0 1rem; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--quiet); padding: .25rem 0; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: var(--soft); } ul { margin: .25rem 0; padding-left: 1.25rem; columns: 18rem; }
a { color: light-dark(#0b57d0, #8ab4f8); }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
@media print { :root { color-scheme: light; font-size: 10pt; } body { max-width: none; padding: 0; } nav { display: none; }
  a { color: inherit; text-decoration: none; } }
`;

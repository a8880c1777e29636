import { pageStyle } from '../../text/page-style.js';

/** How the page of the configuration looks. */
export const style = `${pageStyle}
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
section { border-top: 1px solid var(--line); } th { background: var(--soft); } ul { columns: 18rem; }
dl { margin: .25rem 0; display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: 0 1rem; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; } a { color: var(--accent); }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
@media print { nav { display: none; } a { color: inherit; text-decoration: none; } }
`;

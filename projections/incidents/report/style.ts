import { pageStyle } from '../../../text/page-style.js';

/** How the report looks. */
export const style = `${pageStyle}
:root { --bad: light-dark(#c5221f, #f28b82); --partly: light-dark(#b06000, #fdd663); --good: light-dark(#137333, #81c995); }
body { max-width: 72rem; } h2 { font-size: 1.2rem; margin: 1.75rem 0 .5rem; }
.drill { border: 2px solid var(--partly); padding: .25rem .75rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .5rem; margin: 1rem 0; }
.figures div { border: 1px solid var(--line); border-left: .35rem solid var(--line); padding: .5rem .75rem; }
.figures .met { border-left-color: var(--good); } .figures .missed { border-left-color: var(--bad); }
.figures dt { color: var(--quiet); } .figures dd { margin: 0; font-size: 1.3rem; } .figures dd + dd { font-size: .9rem; }
th, td { min-width: 3.5rem; } thead th { background: var(--soft); } td.number { text-align: right; font-variant-numeric: tabular-nums; }
code { overflow-wrap: anywhere; } .moment { white-space: nowrap; }
svg { display: block; width: 100%; min-width: 44rem; height: auto; font: 12px system-ui, sans-serif; } svg text { fill: var(--text); }
svg .axis { stroke: var(--line); } svg .grid { stroke: var(--line); stroke-dasharray: 2 3; } svg .small { fill: var(--quiet); font-size: 11px; }
svg .bad { fill: var(--bad); } svg .partly { fill: var(--partly); } svg .good { fill: var(--good); } svg .bar { fill: var(--bad); }
svg .on { fill: var(--back); font-weight: 600; } svg .mark { fill: var(--accent); stroke: var(--back); } svg .line { fill: none; stroke: var(--accent); stroke-width: 2; }
svg .lane { fill: var(--soft); } footer { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: .5rem; }
svg.share { width: 8rem; min-width: 4rem; height: .7rem; }
@media print { @page { size: a4; margin: 12mm 14mm; } :root { font: 8.25pt/1.3 system-ui, sans-serif; } body { max-width: none; } .scroll { overflow: visible; }
  section { break-inside: auto; } h2 { margin: .8rem 0 .2rem; font-size: 1.15rem; } h2, caption { break-after: avoid; } caption { padding: 0; }
  th, td { padding: .1rem .4rem; min-width: 0; border-width: 0 0 1px; }
  thead th { overflow-wrap: normal; } .many { columns: 2; } .many svg.share { width: 2.5rem; min-width: 0; } .many td:nth-child(3), .phases td:nth-child(5) { min-width: 11rem; }
  .refused td:nth-child(2) { min-width: 13rem; } .refused td:nth-child(3) { min-width: 9.5rem; }
  .figures { grid-template-columns: repeat(4, 1fr); margin: .5rem 0; } .figures div { padding: .2rem .5rem; }
  svg { min-width: 0; break-inside: avoid; print-color-adjust: exact; -webkit-print-color-adjust: exact; } thead { display: table-header-group; } tr { break-inside: avoid; }
  footer { margin-top: .8rem; } }
`;

/** Who does what on this day. */
export const berlinAdmin = 'anke.neumann@contoso.com';
export const hamburgAdmin = 'jan.petersen@contoso.com';
export const helpDesk = 'helpdesk.kranz@contoso.com';
export const monitoring = 'scom-monitoring';
export const nightlyExport = 'nightly-export';
/** Reads the call detail records of both pools. */
export const callCollector = 'cdr-collector';

/** Texts of the filter of objects by tool. */
export const toolFilterTexts = {
  shown: (tool: string) => `shown in: ${tool}`,
  hidden: (tool: string) => `not shown in: ${tool}`,
  editable: (tool: string) => `editable with: ${tool}`,
  fixed: (tool: string) => `not editable with: ${tool}`,
} as const;

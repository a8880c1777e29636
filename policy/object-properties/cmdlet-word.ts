/** The name of a property as the cmdlets write it: `agentGroupIdList` is `AgentGroupIDList`. */
export const cmdletWord = (name: string): string =>
  name.replace(/^[a-z]/, (letter) => letter.toUpperCase()).replace(/Id(?=List$|$)/, 'ID');

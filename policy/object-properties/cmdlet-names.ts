/** The names of properties as the cmdlets have them. */

/** Those that are more than our own name with a capital. */
const others: Readonly<Record<string, string>> = {
  businessHoursId: 'BusinessHoursID',
  holidaySetIdList: 'HolidaySetIDList',
  agentGroupIdList: 'AgentGroupIDList',
};

/** `defaultAction` as `DefaultAction`. */
export const cmdletName = (property: string): string =>
  Object.hasOwn(others, property)
    ? (others[property] ?? property)
    : property.charAt(0).toUpperCase() + property.slice(1);

/**
 * The documented capacity of a pool, as far as it can be counted from the configuration. In a disaster one pool
 * carries the load of both. Source: capacity planning for Response Group. The documented rates of calls, sessions and
 * callers on hold depend on the edition and on traffic, of which the configuration says nothing.
 */
export const capacityMeasures = ['agents', 'hunt-groups', 'interactive-groups'] as const;
export type CapacityMeasure = (typeof capacityMeasures)[number];

export interface CapacityLimit {
  readonly counts: string;
  /** Lync Server 2013. */
  readonly lync2013: number;
  /** Skype for Business Server 2015 and later. */
  readonly skypeForBusiness: number;
}

export const capacityLimits: Readonly<Record<CapacityMeasure, CapacityLimit>> = {
  agents: { counts: 'active agents', lync2013: 1_200, skypeForBusiness: 2_400 },
  'hunt-groups': { counts: 'hunt groups', lync2013: 400, skypeForBusiness: 800 },
  'interactive-groups': { counts: 'interactive response groups', lync2013: 200, skypeForBusiness: 400 },
};

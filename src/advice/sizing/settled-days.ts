/** A workload's usage is sized once it has been there for as many settled days, however short the look-back is. */
export const SETTLED_DAYS = 30;

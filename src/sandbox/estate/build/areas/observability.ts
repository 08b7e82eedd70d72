import { ONE, units } from '../../amounts.ts';
import { NOTHING } from '../../asset.ts';
import { accountIdOf, type System, TOKYO } from '../../company.ts';
import { plainMeter } from '../../prices/meters.ts';
import { countOf, type Drafts, salt } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { addThing, arnIn } from '../thing.ts';

/** Which rule of the product should find a kind of waste that is planted here. */
export const observabilityWastes = {
  logGroupInfrequentAccess: 'log-group-infrequent-access',
  cloudtrailDuplicateTrail: 'cloudtrail-duplicate-trail',
} as const;

export function observabilityArea(drafts: Drafts): void {
  largeLogs(drafts);
  trails(drafts);
}

function largeLogs(drafts: Drafts): void {
  const logGroup = (system: System, key: 'logIngest' | 'logIngestInfrequent', gigabytesPerDay: string, decoy?: string): void => {
    const name = drafts.name(system, 'access');
    const noise = { noisePerMille: 120, salt: salt(drafts, name) };
    const ingest = (of: typeof key) => plainMeter(of, system.regionId, 'day', units(gigabytesPerDay), noise);
    const storage = plainMeter('logStorage', system.regionId, 'month', 90n * ONE, { noisePerMille: 4, salt: salt(drafts, name) });
    addThing(drafts, system, {
      name,
      resourceId: arnIn(system, 'logs', `log-group:/${system.id}/${name}`),
      kind: 'other',
      description: `log group ${name}`,
      plain: [ingest(key), storage],
      ...(decoy === undefined
        ? { waste: { kind: 'logGroupInfrequentAccess', after: { hourly: [], plain: [ingest('logIngestInfrequent'), storage] } } }
        : { decoy }),
    });
  };
  const inTokyo = ({ regionId }: System): boolean => regionId === TOKYO;
  for (const [index, system] of systemsFor(drafts, 'large log', countOf(drafts, 0.002, 2), inTokyo).entries()) {
    logGroup(system, 'logIngest', String(14 + 9 * (index % 4)));
  }
  const system = systemNamed('log-kiban');
  logGroup(system, 'logIngestInfrequent', '30', 'much is logged, in the cheaper class already');
  logGroup(system, 'logIngest', '6', 'too little for a new log group to be worth the work');
}

/** The bill names no trail: what a second one costs is the account's. */
function trails(drafts: Drafts): void {
  const trail = (system: System, eventsPerDay: string, isWaste: boolean): void => {
    const accountId = accountIdOf(system.account);
    const name = drafts.name(system, 'trail');
    addThing(drafts, system, {
      name,
      resourceId: accountId,
      arn: arnIn(system, 'cloudtrail', `trail/${name}`),
      kind: 'other',
      description: 'trail of the account beside that of the organisation',
      plain: [plainMeter('trailEvents', system.regionId, 'day', units(eventsPerDay))],
      ...(isWaste ? { waste: { kind: 'cloudtrailDuplicateTrail', after: NOTHING } } : {}),
    });
  };
  trail(systemNamed('online-order'), '180000', true);
  trail(systemNamed('mart-dev'), '45000', true);
  // Less than it costs to ask about it. No decoy by name, since other advice on the account may be right.
  trail(systemNamed('kyotsu-kanshi'), '2000', false);
}

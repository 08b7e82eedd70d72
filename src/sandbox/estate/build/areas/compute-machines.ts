import type { System } from '../../company.ts';
import { OFFICE_HOURS } from '../../prices/meters.ts';
import { countOf, type Drafts } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { machine } from '../machine.ts';

/** Which rule of the product should find a kind of waste; `ec2InstanceOffHours` is whatever is not production and never sleeps. */
export const computeMachineWastes = {
  ec2InstanceOffHours: 'ec2-instance-off-hours',
  ec2InstanceGraviton: 'ec2-instance-graviton',
  ec2InstanceAmd: 'ec2-instance-amd',
  ec2CpuCreditsSurplus: 'ec2-cpu-credits-surplus',
} as const;

const isLinuxProduction = ({ environment, operatingSystem, wave }: System): boolean =>
  environment === 'production' && operatingSystem === 'Linux' && wave > 0;

/**
 * The price list of this world has Graviton and AMD for machines with local disks alone, so only those can be told; for all others the rules
 * have no price to compare with.
 */
export function computeMachineArea(drafts: Drafts): void {
  processors(drafts);
  burstable(drafts);
  sleepers(drafts);
}

function processors(drafts: Drafts): void {
  const sizes = ['xlarge', 'large', '2xlarge'];
  const places = (what: string): System[] => systemsFor(drafts, what, countOf(drafts, 0.003, 3), isLinuxProduction);
  for (const [index, system] of places('graviton').entries()) {
    const instanceType = `c5d.${sizes[index % 3]}`;
    machine(drafts, system, { role: 'cache', instanceType, waste: 'ec2InstanceGraviton' });
  }
  for (const [index, system] of places('amd').entries()) {
    machine(drafts, system, { role: 'index', instanceType: `m5d.${sizes[index % 3]}`, waste: 'ec2InstanceAmd' });
  }
  for (const system of systemsFor(drafts, 'arm already', 2, isLinuxProduction)) {
    machine(drafts, system, { role: 'cache', instanceType: 'c6gd.large' });
  }
  const windows = 'local disks and Windows: Graviton does not run it';
  machine(drafts, systemNamed('tenpo-portal'), { role: 'scratch', instanceType: 'c5d.large', decoy: windows });
}

function burstable(drafts: Drafts): void {
  const places = systemsFor(drafts, 'credits', countOf(drafts, 0.002, 2), isLinuxProduction);
  for (const [index, system] of places.entries()) {
    const isLarge = index % 2 === 0;
    const options = { instanceType: isLarge ? 't3.large' : 't3.xlarge', creditsPerHour: isLarge ? '0.9' : '1.7' } as const;
    machine(drafts, system, { role: 'worker', waste: 'ec2CpuCreditsSurplus', ...options });
  }
  machine(drafts, systemNamed('pos-gateway'), {
    role: 'worker',
    instanceType: 't3.large',
    creditsPerHour: '0.1',
    decoy: 'bursts for a short time each day: cheaper so than with fixed performance',
  });
}

/** Beside those that the fleet has anyway. Where machines come and go every few days none may stand: names count up. */
function sleepers(drafts: Drafts): void {
  for (const id of ['online-dev', 'mart-stg']) machine(drafts, systemNamed(id), { role: 'web', instanceType: 'm5.large' });
  const office = { role: 'web', instanceType: 'm5.large', hours: OFFICE_HOURS } as const;
  machine(drafts, systemNamed('mart-stg'), { ...office, decoy: 'sleeps at night already, if a little later than people do' });
}

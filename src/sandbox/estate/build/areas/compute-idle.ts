import { ONE, units } from '../../amounts.ts';
import { NOTHING, type PlainMeter } from '../../asset.ts';
import type { System } from '../../company.ts';
import { plainMeter } from '../../prices/meters.ts';
import { countOf, type Drafts, diceFor, hexId, salt } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { addThing, arnIn, type Thing } from '../thing.ts';
import { measured } from '../utilization.ts';

/** Which rule of the product should find a kind of waste that is planted here. */
export const computeIdleWastes = {
  capacityReservationUnused: 'ec2-capacity-reservation-unused',
  sagemakerEndpointIdle: 'sagemaker-endpoint-idle',
  sagemakerNotebookAlwaysOn: 'sagemaker-notebook-always-on',
} as const;

/** Capacity, endpoints and notebooks that wait for somebody. */
export function computeIdleArea(drafts: Drafts): void {
  reservations(drafts);
  endpoints(drafts);
  notebooks(drafts);
}

type Mark = Pick<Thing, 'waste' | 'decoy'>;

function reservations(drafts: Drafts): void {
  for (const [index, system] of systemsFor(drafts, 'capacity', countOf(drafts, 0.0015, 2)).entries()) {
    const waste = { kind: 'capacityReservationUnused', after: NOTHING } as const;
    reservation(drafts, system, plainMeter('unusedCapacity', system.regionId, 'hour', ONE * BigInt(1 + (index % 3))), { waste });
  }
  for (const system of systemsFor(drafts, 'busy capacity', 2)) {
    reservation(drafts, system, plainMeter('unusedCapacity', system.regionId, 'day', units('10')), {
      decoy: 'reserved capacity that is empty at night and full by day',
    });
  }
}

function reservation(drafts: Drafts, system: System, meter: PlainMeter, mark: Mark): void {
  const name = drafts.name(system, 'capacity');
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'ec2', `capacity-reservation/${hexId(drafts, 'cr', name)}`),
    kind: 'other',
    description: 'capacity reservation for m5.large',
    plain: [meter],
    ...mark,
  });
}

function endpoints(drafts: Drafts): void {
  const idle = { waste: { kind: 'sagemakerEndpointIdle', after: NOTHING } } as const;
  for (const system of systemsFor(drafts, 'idle endpoint of a model', countOf(drafts, 0.0015, 2))) {
    endpoint(drafts, system, [0, 0], idle);
  }
  for (const system of systemsFor(drafts, 'endpoint of a model', countOf(drafts, 0.002, 2))) {
    endpoint(drafts, system, [200, 4000], {});
  }
  endpoint(drafts, systemNamed('dwh-etl'), [1, 1], { decoy: 'a model that one nightly job calls once' });
}

function endpoint(drafts: Drafts, system: System, calls: readonly [number, number], mark: Mark): void {
  const name = drafts.name(system, 'model');
  const bytes = calls[0] === 0 ? 0 : 2000;
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'sagemaker', `endpoint/${name}`),
    kind: 'sageMakerEndpoint',
    description: 'inference endpoint ml.m5.xlarge',
    plain: [plainMeter('endpointHours', system.regionId, 'hour', ONE)],
    utilization: measured(diceFor(drafts, 'model', name), {
      cpu: calls[0] === 0 ? [0, 1] : [10, 60],
      memory: null,
      network: [bytes, bytes],
      operations: [0, 1],
      connections: calls,
    }),
    ...mark,
  });
}

/** Of a week's 168 hours people work 45, and a schedule leaves an hour more before and after each day. */
const SCHEDULED = (ONE * 55n) / 168n;

function notebooks(drafts: Drafts): void {
  const isData = ({ id }: System): boolean => /^(dwh|online|zaiko)/.test(id);
  for (const system of systemsFor(drafts, 'notebook', countOf(drafts, 0.0015, 2), isData)) {
    const disk = plainMeter('notebookDisk', system.regionId, 'month', units('50'));
    const after = { hourly: [], plain: [plainMeter('notebookHours', system.regionId, 'hour', SCHEDULED), disk] };
    const hours = plainMeter('notebookHours', system.regionId, 'hour', ONE);
    notebook(drafts, system, [hours, disk], { waste: { kind: 'sagemakerNotebookAlwaysOn', after } });
  }
  for (const system of systemsFor(drafts, 'notebook of the day', countOf(drafts, 0.0015, 2), isData)) {
    notebook(drafts, system, [weekdays(drafts, system, '9')], {});
  }
  const etl = systemNamed('dwh-etl');
  notebook(drafts, etl, [weekdays(drafts, etl, '24')], {
    decoy: 'computes day and night, and rests at the weekend but for an hour',
  });
}

function weekdays(drafts: Drafts, system: System, hours: string): PlainMeter {
  const options = { weekendPerMille: 40, salt: salt(drafts, `notebook ${hours}`) };
  return plainMeter('notebookHours', system.regionId, 'day', units(hours), options);
}

function notebook(drafts: Drafts, system: System, plain: readonly PlainMeter[], mark: Mark): void {
  const name = drafts.name(system, 'notebook');
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'sagemaker', `notebook-instance/${name}`),
    kind: 'other',
    description: 'notebook ml.m5.xlarge',
    plain,
    ...mark,
  });
}

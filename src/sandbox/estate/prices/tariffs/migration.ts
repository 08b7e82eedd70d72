import { type Tariff, tariff } from '../tariff-line.ts';

export const migrationTariffs = {
  // The usage type is invented too: the product reads the service alone.
  dataSync: tariff(
    ['AWS DataSync', 'AWSDataSync'],
    'AWS DataSync',
    ['DataSync-Copied-Bytes', 'DataSync', 'GB'],
    ['0.0125', '0.0125'],
  ),
} as const satisfies Record<string, Tariff>;

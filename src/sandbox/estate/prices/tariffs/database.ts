import { type Tariff, tariff } from '../tariff-line.ts';

const CACHE = ['Amazon ElastiCache', 'AmazonElastiCache'] as const;
const MEMORY = ['Amazon MemoryDB', 'AmazonMemoryDB'] as const;
const TABLE = ['Amazon DynamoDB', 'AmazonDynamoDB'] as const;
const SEARCH = ['Amazon OpenSearch Service', 'AmazonES'] as const;
const STREAM = ['Amazon Kinesis', 'AmazonKinesis'] as const;
const DOCUMENT = ['Amazon DocumentDB (with MongoDB compatibility)', 'AmazonDocDB'] as const;
const WAREHOUSE = ['Amazon Redshift', 'AmazonRedshift'] as const;
const RDS = ['Amazon Relational Database Service', 'AmazonRDS'] as const;

const OPERATION = { Redis: 'CreateCacheCluster:0002', Memcached: 'CreateCacheCluster:0001', Valkey: 'CreateCacheCluster:Valkey' };

function cacheNode(instanceType: string, cacheEngine: keyof typeof OPERATION, prices: readonly [string, string]): Tariff {
  const names = [`NodeUsage:${instanceType}`, OPERATION[cacheEngine], 'Hrs'] as const;
  return tariff(CACHE, 'Cache Instance', names, prices, { instanceType, cacheEngine });
}

function serverless(kind: string, unit: string, prices: readonly [string, string]): Tariff {
  return tariff(CACHE, 'ElastiCache Serverless', [kind, 'CreateServerlessCache', unit], prices);
}

function documentInstance(instanceType: string, prices: readonly [string, string]): Tariff {
  const names = [`InstanceUsage:${instanceType}`, 'CreateDBInstance:0023', 'Hrs'] as const;
  return tariff(DOCUMENT, 'Database Instance', names, prices, { instanceType });
}

function searchNode(instanceType: string, prices: readonly [string, string]): Tariff {
  const names = [`ESInstance:${instanceType}`, 'ESDomain', 'Hrs'] as const;
  return tariff(SEARCH, 'Amazon OpenSearch Service Instance', names, prices, { instanceType: `${instanceType}.search` });
}

function rdsStorage(kind: string, unit: 'GB-Mo' | 'IOPS-Mo', single: readonly [string, string], copies: 1 | 2): Tariff {
  const name = copies === 2 ? `RDS:Multi-AZ-${kind}` : `RDS:${kind}`;
  const prices = single.map((price) => String(Math.round(Number(price) * copies * 1000) / 1000)) as [string, string];
  const family = unit === 'GB-Mo' ? 'Database Storage' : 'Provisioned IOPS';
  const deploymentOption = copies === 2 ? 'Multi-AZ' : 'Single-AZ';
  return tariff(RDS, family, [name, 'CreateDBInstance', unit], prices, { deploymentOption });
}

export const databaseTariffs = {
  cacheRedisR6g: cacheNode('cache.r6g.large', 'Redis', ['0.206', '0.247']),
  cacheValkeyR6g: cacheNode('cache.r6g.large', 'Valkey', ['0.1648', '0.1976']),
  cacheRedisM5: cacheNode('cache.m5.large', 'Redis', ['0.156', '0.199']),
  cacheValkeyM5: cacheNode('cache.m5.large', 'Valkey', ['0.1248', '0.1592']),
  cacheRedisM6g: cacheNode('cache.m6g.large', 'Redis', ['0.149', '0.187']),
  cacheValkeyM6g: cacheNode('cache.m6g.large', 'Valkey', ['0.1192', '0.1496']),
  serverlessDataRedis: serverless('CachedData:Redis', 'GB-Hours', ['0.125', '0.15']),
  serverlessDataValkey: serverless('CachedData:Valkey', 'GB-Hours', ['0.084', '0.101']),
  serverlessAskedRedis: serverless('ElastiCacheProcessingUnits:Redis', 'ElastiCacheProcessingUnits', [
    '0.0000000034',
    '0.0000000041',
  ]),
  serverlessAskedValkey: serverless('ElastiCacheProcessingUnits:Valkey', 'ElastiCacheProcessingUnits', [
    '0.0000000023',
    '0.0000000028',
  ]),
  cacheMemcachedM4: cacheNode('cache.m4.large', 'Memcached', ['0.156', '0.202']),
  cacheMemcachedM6g: cacheNode('cache.m6g.large', 'Memcached', ['0.149', '0.187']),
  cacheMemcachedR4: cacheNode('cache.r4.large', 'Memcached', ['0.228', '0.273']),
  cacheMemcachedR6g: cacheNode('cache.r6g.large', 'Memcached', ['0.206', '0.247']),
  cacheExtendedM5: tariff(
    CACHE,
    'Cache Instance',
    ['ExtendedSupportYr1_Yr2-NodeUsage:cache.m5.large', OPERATION.Redis, 'Hrs'],
    ['0.125', '0.159'],
    { instanceType: 'cache.m5.large', cacheEngine: 'Redis' },
  ),
  memoryR6g: tariff(MEMORY, 'Amazon MemoryDB', ['NodeUsage:db.r6g.large', 'CreateCluster', 'Hrs'], ['0.309', '0.37'], {
    instanceType: 'db.r6g.large',
    engine: 'Redis',
  }),
  tableStorage: tariff(TABLE, 'Database Storage', ['TimedStorage-ByteHrs', 'StandardStorage', 'GB-Mo'], ['0.25', '0.285']),
  tableStorageIa: tariff(TABLE, 'Database Storage', ['IA-TimedStorage-ByteHrs', 'StandardIAStorage', 'GB-Mo'], ['0.1', '0.114']),
  tableReads: tariff(
    TABLE,
    'Amazon DynamoDB PayPerRequest Throughput',
    ['ReadRequestUnits', 'PayPerRequestThroughput', 'ReadRequestUnits'],
    ['0.000000125', '0.0000001425'],
  ),
  tableReadsIa: tariff(
    TABLE,
    'Amazon DynamoDB PayPerRequest Throughput',
    ['IA-ReadRequestUnits', 'PayPerRequestThroughput', 'ReadRequestUnits'],
    ['0.000000155', '0.000000178'],
  ),
  tableWrites: tariff(
    TABLE,
    'Amazon DynamoDB PayPerRequest Throughput',
    ['WriteRequestUnits', 'PayPerRequestThroughput', 'WriteRequestUnits'],
    ['0.000000625', '0.000000715'],
  ),
  tableWritesIa: tariff(
    TABLE,
    'Amazon DynamoDB PayPerRequest Throughput',
    ['IA-WriteRequestUnits', 'PayPerRequestThroughput', 'WriteRequestUnits'],
    ['0.00000078', '0.00000089'],
  ),
  tableReadUnits: tariff(
    TABLE,
    'Provisioned IOPS',
    ['ReadCapacityUnit-Hrs', 'CommittedThroughput', 'ReadCapacityUnit-Hrs'],
    ['0.00013', '0.0001484'],
  ),
  tableWriteUnits: tariff(
    TABLE,
    'Provisioned IOPS',
    ['WriteCapacityUnit-Hrs', 'CommittedThroughput', 'WriteCapacityUnit-Hrs'],
    ['0.00065', '0.000742'],
  ),
  tableReadUnitsIa: tariff(
    TABLE,
    'Provisioned IOPS',
    ['IA-ReadCapacityUnit-Hrs', 'CommittedThroughput', 'ReadCapacityUnit-Hrs'],
    ['0.00016', '0.0001855'],
  ),
  tableWriteUnitsIa: tariff(
    TABLE,
    'Provisioned IOPS',
    ['IA-WriteCapacityUnit-Hrs', 'CommittedThroughput', 'WriteCapacityUnit-Hrs'],
    ['0.00081', '0.000927'],
  ),
  documentR5: documentInstance('db.r5.large', ['0.277', '0.332']),
  documentR6g: documentInstance('db.r6g.large', ['0.263', '0.315']),
  searchM4: searchNode('m4.large', ['0.151', '0.2']),
  searchM5: searchNode('m5.large', ['0.142', '0.184']),
  searchM6g: searchNode('m6g.large', ['0.128', '0.166']),
  searchGp2: tariff(SEARCH, 'Amazon OpenSearch Service Volume', ['ES:GP2-Storage', 'ESDomain', 'GB-Mo'], ['0.135', '0.162'], {
    storageMedia: 'GP2',
  }),
  searchGp3: tariff(SEARCH, 'Amazon OpenSearch Service Volume', ['ES:GP3-Storage', 'ESDomain', 'GB-Mo'], ['0.122', '0.1464'], {
    storageMedia: 'GP3',
  }),
  searchExtended: tariff(
    SEARCH,
    'Amazon OpenSearch Service Instance',
    ['OpenSearchExtendedSupport', 'ESDomain', 'NIH'],
    ['0.0065', '0.0065'],
  ),
  streamShard: tariff(STREAM, 'Kinesis Streams', ['Storage-ShardHour', 'shardHourStorage', 'ShardHour'], ['0.015', '0.0195']),
  streamPut: tariff(
    STREAM,
    'Kinesis Streams',
    ['PutRequestPayloadUnits', 'PutRequest', 'PutPayloadUnits'],
    ['0.000000014', '0.0000000215'],
  ),
  warehouseRa3: tariff(WAREHOUSE, 'Compute Instance', ['Node:ra3.xlplus', 'RunComputeNode:0001', 'Hrs'], ['1.086', '1.278'], {
    instanceType: 'ra3.xlplus',
  }),
  rdsIo1: rdsStorage('PIOPS-Storage', 'GB-Mo', ['0.125', '0.15'], 1),
  rdsIo1MultiAz: rdsStorage('PIOPS-Storage', 'GB-Mo', ['0.125', '0.15'], 2),
  rdsIo1Iops: rdsStorage('PIOPS', 'IOPS-Mo', ['0.1', '0.12'], 1),
  rdsIo1IopsMultiAz: rdsStorage('PIOPS', 'IOPS-Mo', ['0.1', '0.12'], 2),
  rdsGp3Iops: rdsStorage('GP3-PIOPS', 'IOPS-Mo', ['0.02', '0.024'], 1),
  rdsGp3IopsMultiAz: rdsStorage('GP3-PIOPS', 'IOPS-Mo', ['0.02', '0.024'], 2),
} as const satisfies Record<string, Tariff>;

import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parse } from '@cdktf/hcl2json';
import { describe, expect, it } from 'vitest';
import type { Evidence, Subject } from '../../../src/advice/detector.ts';
import { catalogue, detectors } from '../../../src/advice/detectors/index.ts';
import { explain } from '../../../src/advice/explain.ts';
import { type SnapshotView, viewOf } from '../../../src/advice/snapshot-view.ts';
import { LOCALES } from '../../../src/kernel/locale.ts';
import { type PriceQuestion, priceKey } from '../../../src/ledger/price.ts';
import { testDetector } from '../../support/test-detector.ts';
import { exampleOf } from './support.ts';

/** The commands that snippets may call; anything else came from an id. */
const COMMANDS = new RegExp(
  `^(${[
    ...['application-autoscaling', 'autoscaling', 'backup', 'cloudtrail', 'cloudwatch', 'configservice', 'directconnect', 'dms'],
    ...['docdb', 'drs', 'dynamodb', 'ec2', 'ecr', 'ecs', 'efs', 'eks', 'elasticache', 'elb', 'elbv2', 'fsx', 'glacier', 'kafka'],
    ...[
      'kinesis',
      'lambda',
      'logs',
      'memorydb',
      'mgn',
      'network-firewall',
      'opensearch',
      'rds',
      'redshift',
      's3api',
      'sagemaker',
    ],
    ...['workspaces'],
  ].join('|')}) [a-z0-9-]+$`,
);
const HOME = new URL('../../../src/advice/detectors/', import.meta.url).pathname;
const files = globSync('*/*.ts', { cwd: HOME })
  .filter((file) => !file.startsWith('shared/') && !file.endsWith('.prose.ts'))
  .sort();

for (const { detector, prose } of catalogue) testDetector(detector, prose);

describe('the folder of detectors', () => {
  it('holds a detector, its words and its test for every file, and the list has them all', () => {
    expect(files.map((file) => basename(file, '.ts')).sort()).toEqual(detectors.map(({ id }) => id).sort());
    for (const file of files) {
      expect(existsSync(join(HOME, file.replace(/\.ts$/, '.prose.ts'))), `${file} has words`).toBe(true);
      expect(existsSync(join(import.meta.dirname, file.replace(/\.ts$/, '.test.ts'))), `${file} has a test`).toBe(true);
      const id = basename(file, '.ts');
      expect(detectors.find((detector) => detector.id === id)?.category, file).toBe(dirname(file));
    }
  });

  it('names only paths that exist in its README', () => {
    const readme = readFileSync(join(HOME, 'README.md'), 'utf8');
    const paths = [...readme.matchAll(/`((?:src|test)\/[^`<]+)`/g)].map(([, path]) => path ?? '');
    expect(paths.length).toBeGreaterThan(3);
    for (const path of paths) expect(existsSync(join(HOME, '../../..', path)), path).toBe(true);
  });
});

describe('the words of every detector', () => {
  const texts = (prose: (typeof catalogue)[number]['prose'], locale: 'en' | 'ja'): string[] => [
    prose.sentence[locale],
    prose.background[locale],
    prose.riskOfActing[locale],
    prose.riskOfNotActing[locale],
    prose.desiredState[locale],
    prose.undo[locale],
    ...prose.steps[locale],
  ];

  it.each(catalogue.map((entry) => [entry.detector.id, entry] as const))(
    '%s: Japanese in polite sentences, a short title',
    (_, { prose }) => {
      for (const text of texts(prose, 'ja')) expect(text, text).toMatch(/(です|ます|ません)(（[^）]*）)?。?$|。$/);
      for (const text of texts(prose, 'ja')) expect(text).toMatch(/[\u3040-\u30ff]/);
      expect(prose.title.ja).not.toMatch(/。|です|ます/);
      expect(prose.title.ja.length).toBeLessThanOrEqual(35);
      for (const text of texts(prose, 'en')) expect(text, text).toMatch(/^[\x20-\x7e]+[.]$/);
      expect(prose.steps.en.length).toBe(prose.steps.ja.length);
    },
  );

  it.each(catalogue.map((entry) => [entry.detector.id, entry] as const))(
    '%s: leaves no placeholder open and says the figures of not acting',
    (_, entry) => {
      const { subject, evidence } = exampleOf(entry.detector);
      for (const locale of LOCALES) {
        const said = explain(entry, { ...subject, evidence, currency: 'USD' }, locale);
        expect(JSON.stringify([said.title, said.sentence, said.background, said.steps, said.undo])).not.toMatch(
          /[{}]|not known|不明/,
        );
        expect(said.riskOfNotActing).toContain('$');
      }
    },
  );
});

const hostile = [
  'i-0abc"; aws injected; #',
  "vol-'$(aws injected)`aws injected`",
  `nat-\${file("/etc/hostname")}%{ if true }`,
  'eipalloc-\n}\nresource "x" "y" {}\naws injected\n',
  'arn:aws:rds:ap-northeast-1:111122223333:db:--help',
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a b\naws injected\n/1',
];

describe('the code of every detector', () => {
  const cases = catalogue.flatMap((entry) => {
    const { subject, evidence } = exampleOf(entry.detector);
    if (subject.resourceId === null) return [];
    return [subject.resourceId, ...hostile].map(
      (id) =>
        [
          entry.detector.id,
          id,
          entry,
          { subject: { ...subject, resourceId: id }, evidence: poisoned(evidence, id !== subject.resourceId) },
        ] as const,
    );
  });

  it.each(cases)(
    '%s: Terraform for %j is read by a real parser, with no more than its own blocks',
    async (id, _, { prose }, context) => {
      if (prose.terraform === null) return;
      const [real, given] = await Promise.all([
        parse('example.tf', prose.terraform(exampleOf(detectorOf(id)))),
        parse('given.tf', prose.terraform(context)),
      ]);
      expect(Object.keys(given)).toEqual(Object.keys(real));
      expect(typesOf(given)).toEqual(typesOf(real));
    },
  );

  it.each(cases)('%s: the commands for %j pass the shell, and call nothing else', (id, _, { prose }, context) => {
    if (prose.cli === null) return;
    const script = prose.cli(context);
    expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    const calls = ran(script);
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.length).toBeLessThanOrEqual(ran(prose.cli(exampleOf(detectorOf(id)))).length);
    for (const [service, verb] of calls) expect(`${service} ${verb}`).toMatch(COMMANDS);
  });

  it.each(cases)(
    '%s: nothing that deletes or changes runs for %j when everything is pasted at once',
    (_, __, { prose }, context) => {
      if (prose.cli === null) return;
      const unsafe = ran(prose.cli(context)).filter(
        ([service, verb = '', ...rest]) =>
          /^(delete|terminate|release)/.test(verb) && (service !== 'ec2' || !rest.includes('--dry-run')),
      );
      expect(unsafe).toEqual([]);
    },
  );
});

/** Runs the commands with an `aws` that only writes down its arguments. */
function ran(script: string): string[][] {
  const recorder = 'aws() { for word in "$@"; do printf "%s\\036" "$word" >&2; done; printf "\\035" >&2; }\n';
  const { stderr } = spawnSync('sh', ['-s'], {
    input: recorder + script.replaceAll(/ > [a-z-]+\.json/g, ' > /dev/null'),
    encoding: 'utf8',
    cwd: tmpdir(),
  });
  return stderr
    .split('\u001d')
    .filter((call) => call !== '')
    .map((call) => call.split('\u001e').slice(0, -1));
}

function detectorOf(id: string) {
  const found = detectors.find((detector) => detector.id === id);
  if (!found) throw new Error(`no detector ${id}`);
  return found;
}

/** Types come from AWS's answers: text from outside too. */
function poisoned(evidence: Evidence, isHostile: boolean): Evidence {
  if (!isHostile) return evidence;
  return Object.fromEntries(
    Object.entries(evidence).map(([name, value]) => [
      name,
      /^target(Type|Class)$/.test(name) ? `m5.large"; $(aws injected) \${x}` : value,
    ]),
  );
}

function typesOf(document: object): string[] {
  return Object.values(document)
    .flatMap((blocks) => Object.keys(blocks as object))
    .sort();
}

describe('the prices of every detector', () => {
  it.each(detectors.map((detector) => [detector.id, detector] as const))(
    '%s asks for exactly what it then reads',
    (_, detector) => {
      const { subject, view } = exampleOf(detector);
      const read = new Map<string, PriceQuestion>();
      detector.evaluate(subject, noting(view, read));
      const asked = detector.pricesNeeded(subject, view);
      expect(asked.map(priceKey).sort()).toEqual([...read.keys()].sort());
      expect(new Set(asked.map(priceKey)).size).toBe(asked.length);
    },
  );

  it.each(
    detectors
      .filter((detector) => detector.reads.some(({ fact }) => fact === 'prices'))
      .map((detector) => [detector.id, detector] as const),
  )('%s says unknown, with the reason, when a price was not asked, not found or ambiguous', (_, detector) => {
    const { subject, view } = exampleOf(detector);
    const answers = [
      [undefined, 'prices.notAsked'],
      [{ kind: 'notFound' }, 'prices.notFound'],
      [{ kind: 'ambiguous', products: 2 }, 'prices.ambiguous'],
    ] as const;
    for (const [answer, missing] of answers) {
      expect(detector.evaluate(subject, { ...view, price: () => answer })).toEqual({ kind: 'unknown', missing: [missing] });
    }
  });
});

function noting(view: SnapshotView, read: Map<string, PriceQuestion>): SnapshotView {
  return {
    ...view,
    price: (question) => {
      read.set(priceKey(question), question);
      return view.price(question);
    },
  };
}

describe('what no detector does', () => {
  const byResource = detectors.filter((detector) => detector.select === null);

  it.each(byResource.map((detector) => [detector.id, detector] as const))(
    '%s never finds a resource that is younger than its look-back',
    (_, detector) => {
      const { subject, view } = exampleOf(detector);
      const { settledUntil } = view.snapshot;
      const firstBilledDay = new Date(Date.parse(settledUntil) - 6 * 86_400_000).toISOString().slice(0, 10);
      const lines = view.snapshot.resources.flatMap((resource) => resource.lines).filter(({ day }) => day >= firstBilledDay);
      expect(detector.evaluate({ ...subject, firstBilledDay, lines } as Subject, view)).toEqual({
        kind: 'notApplicable',
        because: 'tooYoung',
      });
    },
  );

  it.each(byResource.map((detector) => [detector.id, detector] as const))(
    '%s finds nothing on what is no longer billed',
    (_, detector) => {
      const { subject, view } = exampleOf(detector);
      const lastBilledDay = new Date(Date.parse(view.snapshot.settledUntil) - 12 * 86_400_000).toISOString().slice(0, 10);
      const lines = view.snapshot.resources.flatMap((resource) => resource.lines).filter(({ day }) => day <= lastBilledDay);
      expect(detector.evaluate({ ...subject, lastBilledDay, lines } as Subject, view).kind).not.toBe('finding');
    },
  );

  it.each(byResource.map((detector) => [detector.id, detector] as const))(
    '%s never promises more than the part that it acts on costs',
    (_, detector) => {
      const { subject, view } = exampleOf(detector);
      const outcome = detector.evaluate(subject, view);
      if (outcome.kind !== 'finding') throw new Error('the example is a finding');
      expect(Number(outcome.savings.high)).toBeLessThanOrEqual(Number(outcome.effect.monthlyCost) + 1e-6);
    },
  );

  it.each(
    detectors
      .filter(({ actionType }) => actionType === 'Delete' || actionType === 'Stop')
      .map((detector) => [detector.id, detector] as const),
  )('%s leaves a standby for disasters alone, whether a tag or a person says so', (_, detector) => {
    const { subject, view } = exampleOf(detector);
    const left = { kind: 'notApplicable', because: 'disasterRecoveryStandby' };
    expect(detector.evaluate({ ...subject, tags: [{ key: 'dr-role', value: 'standby' }] } as Subject, view)).toEqual(left);
    expect(detector.evaluate({ ...subject, tags: [{ key: 'Purpose', value: 'DR-Standby' }] } as Subject, view)).toEqual(left);
    const hearing = [
      {
        workload: 'second site',
        matches: { accountIds: [subject.accountId], resourceIds: [], tags: [] },
        environment: null,
        criticality: null,
        disasterRecoveryRole: 'standby' as const,
        operatingHours: null,
        licenceBound: null,
        endDate: null,
      },
    ];
    expect(detector.evaluate(subject, viewOf({ ...view.snapshot, hearing }))).toEqual(left);
  });

  // A whole account has no tags of its own.
  it.each(
    detectors
      .filter(({ actionType, resourceType }) => (actionType === 'Delete' || actionType === 'Stop') && resourceType !== 'Account')
      .map((detector) => [detector.id, detector] as const),
  )('%s is less sure where nobody said what the resource is for', (_, detector) => {
    const { subject, view } = exampleOf(detector);
    const sure = detector.evaluate(subject, view);
    const unsure = detector.evaluate({ ...subject, tags: [] } as Subject, view);
    // A rule for one environment alone cannot tell at all.
    if (unsure.kind === 'unknown') return;
    if (sure.kind !== 'finding' || unsure.kind !== 'finding') throw new Error('both are findings');
    expect(unsure.confidence.because).toContain('purposeUnknown');
    expect(unsure.confidence.level).toBeLessThan(sure.confidence.level);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SOURCE_ACTIONS } from '../../../src/adapters/aws/actions.ts';
import { KNOW_VIEWS } from '../../../src/adapters/aws/billing-view.ts';
import {
  exportSessionPolicy,
  permissionsFor,
  SESSION_POLICY_CHARACTERS,
  sessionPolicy,
  verbsOf,
} from '../../../src/adapters/aws/permissions.ts';
import type { SourceActions } from '../../../src/adapters/aws/source-actions.ts';
import { actionsIndex, commandsSent, complaints, sourceFolders } from '../../../src/tools/generate-aws-actions.ts';
import { fixture } from './fixture.ts';

const HOME = join(import.meta.dirname, '..', '..', '..', 'src', 'adapters', 'aws');
const VIEW = 'arn:aws:billing::111122223333:billingview/billing-group-111122223333';
const EXPORT = 'arn:aws:s3:::a-bucket-with-a-name-as-long-as-a-name-can-be-which-is-63-letters/an/export/prefix/*';

async function actionsOf(folder: string): Promise<readonly SourceActions[]> {
  return ((await import(join(HOME, folder, 'actions.ts'))) as { actions: readonly SourceActions[] }).actions;
}

describe('the permissions of the sources', () => {
  const folders = sourceFolders();

  it('name every command that is sent to AWS, and none that is not', async () => {
    const named = new Map<string, string[]>();
    for (const { folder } of folders.filter(({ hasActions }) => hasActions)) {
      named.set(
        folder,
        (await actionsOf(folder)).flatMap(({ commands }) => Object.keys(commands)),
      );
    }
    expect(folders.flatMap(({ commands }) => commands).length).toBeGreaterThan(8);
    expect(complaints(folders, (folder) => named.get(folder) ?? [])).toEqual([]);
  });

  it('are all on the one list, which the generator writes', () => {
    const withActions = folders.filter(({ hasActions }) => hasActions).map(({ folder }) => folder);
    expect(readFileSync(join(HOME, 'actions.ts'), 'utf8')).toBe(actionsIndex(withActions));
  });

  it('only read', () => {
    for (const action of permissionsFor({ billingViewArn: VIEW, exportArns: [EXPORT] }).flatMap(({ actions }) => actions)) {
      expect(action).toMatch(/^[a-z0-9-]+:(Get|List|Describe)\w+$/);
    }
  });

  it('have names that IAM takes, each once, with a reason', () => {
    const sids = SOURCE_ACTIONS.map(({ sid }) => sid);
    expect(sids).toEqual([...new Set(sids)]);
    for (const { sid, because } of SOURCE_ACTIONS) {
      expect(sid).toMatch(/^[A-Za-z0-9]{1,64}$/);
      expect(because).toMatch(/^[A-Z].+\.$/);
    }
  });

  it('are given for one billing view and one export only where a connection reads them', () => {
    const resources = (place: Parameters<typeof permissionsFor>[0]) =>
      permissionsFor(place).flatMap((statement) => statement.resources);
    expect(new Set(resources({}))).toEqual(new Set(['*']));
    expect(resources({ billingViewArn: VIEW })).toContain(VIEW);
  });
});

describe('a connection of one billing view', () => {
  it('knows each question of Cost Explorer that takes a view, and no other', async () => {
    const sdk: Readonly<Record<string, unknown>> = { ...(await import('@aws-sdk/client-cost-explorer')) };
    const takesView = (name: string): boolean => {
      const [, , , , input] = new (sdk[name] as new (input: object) => { schema: unknown[] })({}).schema as (() => unknown[])[];
      return ((input as () => unknown[])()[4] as string[]).includes('BillingViewArn');
    };
    const commands = Object.keys(sdk).filter((name) => /^[A-Z]\w+Command$/.test(name));
    expect(commands.length).toBeGreaterThan(40);
    expect([...KNOW_VIEWS].sort()).toEqual(
      commands
        .filter(takesView)
        .map((name) => name.replace(/Command$/, ''))
        .sort(),
    );
  });

  it('needs what can be asked for the view, and the public prices', () => {
    const needed = permissionsFor({ billingViewArn: VIEW }).flatMap(({ actions }) => actions);
    expect(needed).toContain('pricing:GetProducts');
    expect(needed).toContain('ce:GetCostAndUsage');
    const services = new Set(needed.map((action) => action.split(':')[0]));
    expect(services).toEqual(new Set(['ce', 'billing', 'pricing']));
    expect(needed.filter((action) => action.startsWith('ce:')).every((action) => KNOW_VIEWS.has(action.slice(3)))).toBe(true);
    expect(sessionPolicy({ billingViewArn: VIEW })).not.toMatch(/organizations|compute-optimizer|savingsplans|s3:/);
  });
});

describe('the policy of a session', () => {
  it('allows every listed action and nothing that is no reading, in no more characters than IAM takes, also with a view and an export', () => {
    const place = { billingViewArn: VIEW, exportArns: [EXPORT] };
    const text = sessionPolicy(place);
    expect(text.length).toBeLessThanOrEqual(SESSION_POLICY_CHARACTERS);
    const policy = JSON.parse(text) as { Statement: { Effect: string; Action: string[]; Resource: string | string[] }[] };
    const listed = permissionsFor(place).flatMap((statement) => statement.actions);
    const allowed = policy.Statement.flatMap((statement) => statement.Action);
    const covers = (pattern: string, action: string) =>
      pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : action === pattern;
    for (const action of listed) expect([action, allowed.some((pattern) => covers(pattern, action))]).toEqual([action, true]);
    for (const pattern of allowed) {
      expect(pattern).toMatch(/^[a-z0-9-]+:(Get|List|Describe)/);
      expect(listed.some((action) => covers(pattern, action))).toBe(true);
    }
    expect(new Set(policy.Statement.map((statement) => statement.Effect))).toEqual(new Set(['Allow']));
  });
});

describe('a star in the policy of a session', () => {
  /** The SDK's clients know every operation of their service. */
  const SDKS: Readonly<Record<string, () => Promise<object>>> = {
    ce: () => import('@aws-sdk/client-cost-explorer'),
    'compute-optimizer': () => import('@aws-sdk/client-compute-optimizer'),
    'cost-optimization-hub': () => import('@aws-sdk/client-cost-optimization-hub'),
    organizations: () => import('@aws-sdk/client-organizations'),
  };
  const stars = (policy: string): string[] => policy.match(/[\w-]+:\w*\*/g) ?? [];
  const patternsOf = (service: string) => stars(sessionPolicy()).filter((pattern) => pattern.startsWith(`${service}:`));

  it('is one of four services, after a verb that reads', () => {
    expect(stars(sessionPolicy()).length).toBeGreaterThan(4);
    for (const pattern of stars(sessionPolicy())) {
      const [service = '', action = ''] = pattern.split(':');
      expect(Object.keys(SDKS)).toContain(service);
      expect(action).toMatch(/^(Get|List|Describe)\*$/);
    }
    expect(stars(exportSessionPolicy([EXPORT]))).toEqual([]);
  });

  it.each([
    ['secretsmanager:Get', 'SecretValue'],
    ['ec2:Get', 'PasswordData'],
    ['sts:Get', 'SessionToken'],
    ['lambda:Get', 'Function'],
  ])('is never made of %s, however many of them are asked', (verb, first) => {
    const actions = [first, 'A', 'B', 'C', 'D'].map((name) => `${verb}${name}`);
    expect(verbsOf(actions)).toEqual([...actions].sort());
  });

  it.each(Object.keys(SDKS))(
    'covers of %s only operations that somebody has looked at, and none that writes',
    async (service) => {
      const looked = fixture('reading-operations.json')[service] as string[];
      const commands = Object.keys((await SDKS[service]?.()) ?? {}).filter((name) => /^[A-Z]\w+Command$/.test(name));
      const operations = commands.map((name) => name.replace(/Command$/, ''));
      // IAM takes no notice of capitals.
      const covered = operations.filter((operation) =>
        patternsOf(service).some((pattern) =>
          `${service}:${operation}`.toLowerCase().startsWith(pattern.slice(0, -1).toLowerCase()),
        ),
      );
      expect(patternsOf(service).length).toBeGreaterThan(0);
      expect(covered.length).toBeGreaterThan(0);
      expect(covered.filter((operation) => !looked.includes(operation))).toEqual([]);
      for (const write of operations.filter((operation) => !looked.includes(operation))) {
        expect(write).toMatch(
          /^(Accept|Attach|Cancel|Close|Create|Decline|Delete|Deregister|Detach|Disable|Enable|Export|Invite|Leave|Move|Provide|Put|Register|Remove|Start|Tag|Terminate|Untag|Update)/,
        );
      }
    },
  );
});

describe('the walk over the sources', () => {
  it('finds commands however the SDK was imported', () => {
    const text = 'client.send(new GetTagsCommand({})); kind === 1 ? new sdk.GetProductsCommand(a) : new Command("x")';
    expect(commandsSent(text)).toEqual(['GetTags', 'GetProducts']);
  });

  it.each([
    ['a command without its action', ['GetTags'], [], 'src/adapters/aws/x sends GetTags'],
    ['an action that nobody needs', [], ['GetTags'], 'src/adapters/aws/x/actions.ts asks for GetTags'],
  ])('complains about %s', (_what, commands, known, sentence) => {
    const found = complaints([{ folder: 'x', commands, hasActions: true }], () => known);
    expect(found).toEqual([expect.stringContaining(sentence)]);
  });

  it('leaves out what no customer grants', () => {
    expect(complaints([{ folder: '.', commands: ['AssumeRole', 'GetCallerIdentity'], hasActions: false }], () => [])).toEqual([]);
  });
});

import type { Locale } from '../kernel/locale.ts';
import { connect } from '../operations/connect.ts';
import { importPlan } from '../operations/import-plan.ts';
import type { Config } from './config.ts';
import { type House, localContext } from './house.ts';
import { anchorSandbox } from './sandbox-state.ts';

export const SANDBOX_TENANT = 'sandbox';

/**
 * Connects the fictional company, with its migration plan, where nothing is connected yet and nobody has pointed the SDK at AWS; or where
 * it is asked for. Done once.
 */
export async function sandboxConnected(house: House, config: Config, options: { readonly force: boolean }): Promise<void> {
  const tenants = await house.directory.list();
  const known = tenants.find((tenant) => tenant.name === SANDBOX_TENANT);
  if (known) return;
  const hasCustomers = tenants.some((tenant) => tenant.kind === 'customer');
  if (!options.force && (hasCustomers || config.namesAws)) return;
  const locale: Locale = config.locale;
  const tenant = await house.directory.create({ name: SANDBOX_TENANT, locale });
  const context = localContext(house, tenant, { locale, progress: null });
  anchorSandbox(config, new Date());
  const { url, estate } = await house.sandbox.sandbox();
  await connect(context, { name: 'sandbox', credentials: { kind: 'sandbox' }, regionId: 'ap-northeast-1', endpointUrl: url });
  await importPlan(context, { document: estate.plan() });
}

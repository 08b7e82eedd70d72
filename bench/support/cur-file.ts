import { DuckDBInstance } from '@duckdb/node-api';

/** As many lines as the issue asks for: about 1,389 resources, each hour of a month of 30 days. */
export const LINES = 1_000_000;
const HOURS = 720;

/**
 * Writes an hourly Cost and Usage Report 2.0 with resources, tags and commitments as Parquet. A function of the seed: the same file comes out
 * for the same seed. Costs are doubles of up to 10 decimals, as AWS writes them.
 */
export async function writeCurFile(file: string, seed: number, lines = LINES): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '512MB' });
  const connection = await instance.connect();
  try {
    await connection.run(
      `copy (${CUR_LINES(seed, lines)}) to '${file.replaceAll("'", "''")}' (format parquet, compression zstd)`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const CUR_LINES = (seed: number, lines: number): string => `
  with line as (
    select i, i // ${HOURS} as r, i % ${HOURS} as h, hash(i // ${HOURS}, ${seed}) % 1000003 as draw from range(${lines}) as t(i)
  ), shaped as (
    select *, draw % 20 as account, draw % 7 as kind, draw % 4 as size,
           timestamp '2026-09-01' + to_hours(cast(h as integer)) as starts,
           round(0.0416 * power(2, draw % 4) + 0.0000001 * (draw % 997), 10) as rate
      from line
  )
  select 'line' || i as identity_line_item_id,
         '999988887777' as bill_payer_account_id, '160001' as bill_invoice_id, 'Anniversary' as bill_bill_type,
         timestamp '2026-09-01' as bill_billing_period_start_date, timestamp '2026-10-01' as bill_billing_period_end_date,
         cast(111100000000 + account as varchar) as line_item_usage_account_id,
         case kind when 1 then 'DiscountedUsage' when 2 then 'SavingsPlanCoveredUsage' else 'Usage' end as line_item_line_item_type,
         starts as line_item_usage_start_date, starts + interval 1 hour as line_item_usage_end_date,
         case kind when 4 then 'AmazonRDS' when 5 then 'AmazonS3' else 'AmazonEC2' end as line_item_product_code,
         case kind when 4 then 'APN1-InstanceUsage:db.m6g.' || size when 5 then 'APN1-TimedStorage-ByteHrs' when 6 then 'APN1-EBS:VolumeUsage.gp3'
                   else 'APN1-BoxUsage:m6i.' || size end as line_item_usage_type,
         case kind when 4 then 'CreateDBInstance:0014' when 5 then 'StandardStorage' when 6 then 'CreateVolume-Gp3' else 'RunInstances' end as line_item_operation,
         case kind when 5 then 'bucket-' || r when 6 then 'vol-' || printf('%017x', r) else 'i-' || printf('%017x', r) end as line_item_resource_id,
         cast(1 as double) as line_item_usage_amount, 'USD' as line_item_currency_code,
         case when kind = 1 then 0.0::double else rate end as line_item_unblended_cost,
         'some description of the usage, ' || kind as line_item_line_item_description,
         'Hrs' as pricing_unit, rate as pricing_public_on_demand_cost, 'ap-northeast-1' as product_region_code,
         map {'product_name': case kind when 4 then 'Amazon Relational Database Service' when 5 then 'Amazon Simple Storage Service' else 'Amazon Elastic Compute Cloud' end,
              'region': 'ap-northeast-1', 'vcpu': '2'} as product,
         map {'user_env': case when draw % 3 = 0 then 'prod' else 'test' end, 'user_name': 'server ' || r} as resource_tags,
         map {}::map(varchar, varchar) as cost_category,
         case when kind = 1 then 'arn:aws:ec2:ap-northeast-1:999988887777:reserved-instances/r' end as reservation_reservation_a_r_n,
         case when kind = 1 then round(rate * 0.6, 10) end as reservation_effective_cost,
         cast(null as double) as reservation_unused_amortized_upfront_fee_for_billing_period,
         cast(null as double) as reservation_unused_recurring_fee,
         case when kind = 2 then round(rate * 0.7, 10) end as savings_plan_savings_plan_effective_cost,
         cast(null as double) as savings_plan_total_commitment_to_date, cast(null as double) as savings_plan_used_commitment
    from shaped`;

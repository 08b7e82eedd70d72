import type { Locale, Localized } from '../kernel/locale.ts';

/** What a person calls a kind of resource. */
const TYPES: Readonly<Record<string, Localized>> = {
  Ec2Instance: { en: 'EC2 instance', ja: 'EC2インスタンス' },
  EbsVolume: { en: 'EBS volume', ja: 'EBSボリューム' },
  EbsSnapshot: { en: 'EBS snapshot', ja: 'EBSスナップショット' },
  NatGateway: { en: 'NAT gateway', ja: 'NATゲートウェイ' },
  LoadBalancer: { en: 'load balancer', ja: 'ロードバランサー' },
  PublicIpv4Address: { en: 'public IPv4 address', ja: 'パブリックIPv4アドレス' },
  RdsDbInstance: { en: 'RDS database instance', ja: 'RDS DBインスタンス' },
  ComputeSavingsPlans: { en: 'Compute Savings Plans', ja: 'Compute Savings Plans' },
  Account: { en: 'account', ja: 'アカウント' },
  Other: { en: 'resource of a kind that no rule knows', ja: 'ルール対象外の種類のリソース' },
};

/** A kind without words is shown by its own name, taken apart: "Vpc Endpoint". */
export function resourceTypeInWords(type: string, locale: Locale): string {
  if (Object.hasOwn(TYPES, type)) return TYPES[type]?.[locale] ?? type;
  return type.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ');
}

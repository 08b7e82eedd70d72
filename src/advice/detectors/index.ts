// Written by "node src/tools/generate-detector-index.ts" from the files of this folder; run it again instead of editing.
import type { Catalogue } from '../catalogue-entry.ts';
import type { Detector } from '../detector.ts';
import { computeUsageUncoveredProse } from './commitments/compute-usage-uncovered.prose.ts';
import { computeUsageUncovered } from './commitments/compute-usage-uncovered.ts';
import { ec2InstanceIdleProse } from './compute/ec2-instance-idle.prose.ts';
import { ec2InstanceIdle } from './compute/ec2-instance-idle.ts';
import { ec2InstanceOversizedProse } from './compute/ec2-instance-oversized.prose.ts';
import { ec2InstanceOversized } from './compute/ec2-instance-oversized.ts';
import { ec2InstancePreviousGenerationProse } from './compute/ec2-instance-previous-generation.prose.ts';
import { ec2InstancePreviousGeneration } from './compute/ec2-instance-previous-generation.ts';
import { rdsExtendedSupportProse } from './database/rds-extended-support.prose.ts';
import { rdsExtendedSupport } from './database/rds-extended-support.ts';
import { rdsInstanceIdleProse } from './database/rds-instance-idle.prose.ts';
import { rdsInstanceIdle } from './database/rds-instance-idle.ts';
import { rdsInstanceOversizedProse } from './database/rds-instance-oversized.prose.ts';
import { rdsInstanceOversized } from './database/rds-instance-oversized.ts';
import { dmsInstanceLeftProse } from './migration/dms-instance-left.prose.ts';
import { dmsInstanceLeft } from './migration/dms-instance-left.ts';
import { mgnReplicationServerProse } from './migration/mgn-replication-server.prose.ts';
import { mgnReplicationServer } from './migration/mgn-replication-server.ts';
import { testCutOverInstanceProse } from './migration/test-cut-over-instance.prose.ts';
import { testCutOverInstance } from './migration/test-cut-over-instance.ts';
import { clientVpnEndpointIdleProse } from './network/client-vpn-endpoint-idle.prose.ts';
import { clientVpnEndpointIdle } from './network/client-vpn-endpoint-idle.ts';
import { loadBalancerIdleProse } from './network/load-balancer-idle.prose.ts';
import { loadBalancerIdle } from './network/load-balancer-idle.ts';
import { natGatewayHeavyTrafficProse } from './network/nat-gateway-heavy-traffic.prose.ts';
import { natGatewayHeavyTraffic } from './network/nat-gateway-heavy-traffic.ts';
import { natGatewayIdleProse } from './network/nat-gateway-idle.prose.ts';
import { natGatewayIdle } from './network/nat-gateway-idle.ts';
import { natGatewayLowTrafficProse } from './network/nat-gateway-low-traffic.prose.ts';
import { natGatewayLowTraffic } from './network/nat-gateway-low-traffic.ts';
import { natGatewayRedundantProse } from './network/nat-gateway-redundant.prose.ts';
import { natGatewayRedundant } from './network/nat-gateway-redundant.ts';
import { networkFirewallIdleProse } from './network/network-firewall-idle.prose.ts';
import { networkFirewallIdle } from './network/network-firewall-idle.ts';
import { publicIpv4IdleProse } from './network/public-ipv4-idle.prose.ts';
import { publicIpv4Idle } from './network/public-ipv4-idle.ts';
import { transitGatewayAttachmentIdleProse } from './network/transit-gateway-attachment-idle.prose.ts';
import { transitGatewayAttachmentIdle } from './network/transit-gateway-attachment-idle.ts';
import { vpcEndpointIdleProse } from './network/vpc-endpoint-idle.prose.ts';
import { vpcEndpointIdle } from './network/vpc-endpoint-idle.ts';
import { ebsVolumeGp2Prose } from './storage/ebs-volume-gp2.prose.ts';
import { ebsVolumeGp2 } from './storage/ebs-volume-gp2.ts';
import { ebsVolumeUnattachedProse } from './storage/ebs-volume-unattached.prose.ts';
import { ebsVolumeUnattached } from './storage/ebs-volume-unattached.ts';

export const catalogue: Catalogue = [
  { detector: computeUsageUncovered, prose: computeUsageUncoveredProse },
  { detector: ec2InstanceIdle, prose: ec2InstanceIdleProse },
  { detector: ec2InstanceOversized, prose: ec2InstanceOversizedProse },
  { detector: ec2InstancePreviousGeneration, prose: ec2InstancePreviousGenerationProse },
  { detector: rdsExtendedSupport, prose: rdsExtendedSupportProse },
  { detector: rdsInstanceIdle, prose: rdsInstanceIdleProse },
  { detector: rdsInstanceOversized, prose: rdsInstanceOversizedProse },
  { detector: dmsInstanceLeft, prose: dmsInstanceLeftProse },
  { detector: mgnReplicationServer, prose: mgnReplicationServerProse },
  { detector: testCutOverInstance, prose: testCutOverInstanceProse },
  { detector: clientVpnEndpointIdle, prose: clientVpnEndpointIdleProse },
  { detector: loadBalancerIdle, prose: loadBalancerIdleProse },
  { detector: natGatewayHeavyTraffic, prose: natGatewayHeavyTrafficProse },
  { detector: natGatewayIdle, prose: natGatewayIdleProse },
  { detector: natGatewayLowTraffic, prose: natGatewayLowTrafficProse },
  { detector: natGatewayRedundant, prose: natGatewayRedundantProse },
  { detector: networkFirewallIdle, prose: networkFirewallIdleProse },
  { detector: publicIpv4Idle, prose: publicIpv4IdleProse },
  { detector: transitGatewayAttachmentIdle, prose: transitGatewayAttachmentIdleProse },
  { detector: vpcEndpointIdle, prose: vpcEndpointIdleProse },
  { detector: ebsVolumeGp2, prose: ebsVolumeGp2Prose },
  { detector: ebsVolumeUnattached, prose: ebsVolumeUnattachedProse },
];

export const detectors: readonly Detector[] = catalogue.map(({ detector }) => detector);

import { shutdown } from '#runtime';
import { RESERVED_MIB } from '../../sizing/instance-capacity.ts';

/**
 * What an instance does when it starts: joins the cluster, and keeps its own role from the containers, in awsvpc mode by
 * the agent, in bridge mode by a rule in the chain
 * that Docker leaves to others, and passes everything through, before and after it has started.
 */
export const userData = (clusterName: string): string => `#!/bin/bash
set -eu
cat >> /etc/ecs/ecs.config <<'CONFIG'
ECS_CLUSTER=${clusterName}
ECS_AWSVPC_BLOCK_IMDS=true
ECS_DISABLE_PRIVILEGED=true
ECS_ENABLE_SPOT_INSTANCE_DRAINING=true
ECS_CONTAINER_STOP_TIMEOUT=${shutdown.stopTimeoutSeconds}s
ECS_RESERVED_MEMORY=${RESERVED_MIB}
CONFIG
iptables --new-chain DOCKER-USER 2>/dev/null || true
iptables --insert DOCKER-USER --destination 169.254.169.254/32 --jump DROP
`;

import { shutdown } from '#runtime';
import { RESERVED_MIB } from '../../sizing/instance-capacity.ts';

/**
 * What an instance does at its first start: it configures the ECS agent and blocks the containers' access to the instance
 * role. In awsvpc mode the agent blocks it; in bridge mode a rule in Docker's DOCKER-USER chain does.
 * ECS_SELINUX_CAPABLE registers the attribute without which ECS places no task with `dockerSecurityOptions`.
 */
export const userData = (clusterName: string): string => `#!/bin/bash
set -eu
cat >> /etc/ecs/ecs.config <<'CONFIG'
ECS_CLUSTER=${clusterName}
ECS_AWSVPC_BLOCK_IMDS=true
ECS_SELINUX_CAPABLE=true
ECS_DISABLE_PRIVILEGED=true
ECS_ENABLE_SPOT_INSTANCE_DRAINING=true
ECS_CONTAINER_STOP_TIMEOUT=${shutdown.stopTimeoutSeconds}s
ECS_RESERVED_MEMORY=${RESERVED_MIB}
CONFIG
iptables --new-chain DOCKER-USER 2>/dev/null || true
iptables --insert DOCKER-USER --destination 169.254.169.254/32 --jump DROP
`;

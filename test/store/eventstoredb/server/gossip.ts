import { randomUUID } from 'node:crypto';
import type { InProcessServer } from './server.js';
import { pb, type ClusterInfo } from './wire.js';

/** A node's report on its cluster: the living nodes and the leader. */
export function clusterInfo(members: readonly InProcessServer[]): ClusterInfo {
  const { LEADER, FOLLOWER } = pb.MemberInfo.VNodeState;
  return new pb.ClusterInfo().setMembersList(
    members.map((member) =>
      new pb.MemberInfo()
        .setInstanceId(new pb.UUID().setString(randomUUID()))
        .setTimeStamp('0')
        .setState(member.gate.leader === null ? LEADER : FOLLOWER)
        .setIsAlive(member.running)
        .setHttpEndPoint(new pb.EndPoint().setAddress('127.0.0.1').setPort(member.port)),
    ),
  );
}

package io.meseta.deployment;

/// Values that somebody may install the chart with.
enum ValueSet {
    LEAST(""),
    NO_AGENT(
            """
            agent: {enabled: false}
            """),
    ROOT_AGENT(
            """
            agent: {switchUsers: true, persistence: {enabled: false}}
            """),
    BARE(
            """
            networkPolicy: {enabled: false}
            podDisruptionBudget: {enabled: false}
            serviceAccount: {create: false, name: theirs}
            """),
    EVERYTHING(
            """
            database: {usernameKey: user, passwordKey: pass.word, wait: 5m}
            master:
              image: {tag: "1.2.3", pullPolicy: Always}
              port: 6050
              settings: {lease: 5s, terms.agent-silence-max: 90s}
              resources: {requests: {cpu: 2, memory: 4Gi}, limits: {cpu: "4", memory: 4Gi}}
            agent:
              image:
                repository: mirror/meseta/agent
                digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
              port: 6051
              offers: {cpus: 1.5, memoryMb: 2000000, diskMb: 3000000, ports: "31000-31009,32000-32009"}
              attributes: rack:r1;zone:a
              settings: {gc.delay: 1d}
              switchUsers: true
              persistence: {size: 100Gi, storageClassName: fast, accessMode: ReadWriteOncePod}
            serviceAccount: {name: meseta, annotations: {note: "true"}}
            networkPolicy:
              databasePort: 6432
              databasePeers: [{namespaceSelector: {matchLabels: {name: databases}}}]
              extraEgress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 443, protocol: TCP}]}]
            podDisruptionBudget: {maxUnavailable: 0}
            imagePullSecrets: [{name: pull}]
            podAnnotations: {note: "yes"}
            podLabels: {team: a}
            nodeSelector: {disk: ssd}
            tolerations: [{key: own, operator: Exists, effect: NoSchedule}]
            affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: arch, operator: In, values: [amd64]}]}]}}}
            priorityClassName: high
            terminationGracePeriodSeconds: 120
            """);

    private final String yaml;

    ValueSet(String yaml) {
        this.yaml = yaml;
    }

    /// With what every installation has to say.
    String yaml() {
        return "open: true\n" + withDatabase(yaml);
    }

    private static String withDatabase(String yaml) {
        var required =
                "url: \"jdbc:postgresql://db.databases:5432/meseta\", existingSecret: meseta-db";
        return yaml.contains("database: {")
                ? yaml.replace("database: {", "database: {" + required + ", ")
                : yaml + "database: {" + required + "}\n";
    }
}

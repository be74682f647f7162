package io.meseta.deployment;

/// Values that somebody may install the chart with.
enum ValueSet {
    LEAST(""),
    TRIAL(
            """
            postgresql: {enabled: true}
            auth: {replicas: 1}
            master: {replicas: 1}
            gateway: {replicas: 1}
            agent: {replicas: 1, persistence: {enabled: false}}
            """),
    NO_AGENT(
            """
            agent: {replicas: 0}
            """),
    ROOT_AGENT(
            """
            agent: {switchUsers: true, persistence: {enabled: false}}
            """),
    CONTAINERS(
            """
            agent: {containers: true, switchUsers: true}
            """),
    BARE(
            """
            networkPolicies: {enabled: false}
            podDisruptionBudgets: {enabled: false}
            """),
    EVERYTHING(
            """
            url: https://meseta.example.org/
            secrets: {name: hidden}
            database: {usernameKey: user, passwordKey: pass.word, wait: 5m}
            auth:
              replicas: 3
              settings: {lifetimes.token: 5m}
            master:
              replicas: 5
              image: {tag: "1.2.3", pullPolicy: Always}
              settings: {lease: 5s, terms.agent-silence-max: 90s}
              resources: {requests: {cpu: 2, memory: 4Gi}, limits: {cpu: "4", memory: 4Gi}}
            gateway:
              service: {type: LoadBalancer, annotations: {internal: "true"}}
              settings: {forward.connections-max: "4096"}
            agent:
              replicas: 40
              image:
                repository: mirror/meseta/agent
                digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
              offers: {cpus: 1.5, memoryMb: 2000000, diskMb: 3000000, ports: "31000-31009,32000-32009"}
              attributes: rack:r1;zone:a
              settings: {gc.delay: 1d}
              switchUsers: true
              persistence: {size: 100Gi, storageClassName: fast, accessMode: ReadWriteOncePod}
            networkPolicies:
              callers: [{namespaceSelector: {matchLabels: {name: ingress}}}]
              databasePort: 6432
              databasePeers: [{namespaceSelector: {matchLabels: {name: databases}}}]
              tasksEgress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 443, protocol: TCP}]}]
            podDisruptionBudgets: {agentsUnavailable: 0}
            imagePullSecrets: [{name: pull}]
            podAnnotations: {note: "yes"}
            podLabels: {team: a}
            nodeSelector: {disk: ssd}
            tolerations: [{key: own, operator: Exists, effect: NoSchedule}]
            affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: arch, operator: In, values: [amd64]}]}]}}}
            priorityClassName: high
            terminationGracePeriodSeconds: 120
            """);

    private static final String DATABASES =
            """
            master: {url: "jdbc:postgresql://db.databases:5432/meseta", existingSecret: meseta-db}, \
            auth: {url: "jdbc:postgresql://db.databases:5432/meseta_auth", existingSecret: auth-db}\
            """;

    private final String yaml;

    ValueSet(String yaml) {
        this.yaml = yaml;
    }

    /// With what every installation has to say, unless it is for a trial.
    String yaml() {
        if (yaml.contains("postgresql: {enabled: true}")) return yaml;
        return yaml.contains("database: {")
                ? yaml.replace("database: {", "database: {" + DATABASES + ", ")
                : yaml + "database: {" + DATABASES + "}\n";
    }
}

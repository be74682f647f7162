# The command line: run, ps, logs, kill. From the root of the repository, after ./meseta build:
#
#   docker build -f docker/cli.Dockerfile -t meseta/cli:0.1.0-SNAPSHOT .
#
# JRE_IMAGE is any image with a Java 25 in its PATH, and useradd.
ARG JRE_IMAGE=eclipse-temurin:25-jre-noble

# Other people's libraries change seldom, ours with every build: two layers.
FROM ${JRE_IMAGE} AS sorted
ARG MESETA_VERSION=0.1.0-SNAPSHOT
COPY cli/target/lib/ /sorted/others/
RUN mkdir /sorted/ours && mv /sorted/others/*-"${MESETA_VERSION}".jar /sorted/ours/

FROM ${JRE_IMAGE}
ARG MESETA_VERSION=0.1.0-SNAPSHOT
ARG MESETA_REVISION=unknown
LABEL org.opencontainers.image.title="Meseta command line" \
      org.opencontainers.image.description="Runs tasks on a cluster and shows what became of them." \
      org.opencontainers.image.version="${MESETA_VERSION}" \
      org.opencontainers.image.revision="${MESETA_REVISION}"

# A name, since tasks run as the user that asked for them unless they say otherwise.
RUN groupadd --gid 10001 meseta \
 && useradd --uid 10001 --gid 10001 --no-log-init --no-create-home \
            --home-dir /var/lib/meseta --shell /usr/sbin/nologin meseta
COPY --from=sorted /sorted/others/ /opt/meseta/lib/
COPY --from=sorted /sorted/ours/ /opt/meseta/lib/
COPY cli/target/cli-*.jar /opt/meseta/cli.jar

USER 10001:10001
WORKDIR /tmp
# /var/lib/meseta may hold what ./meseta up keeps: run.json, which cluster; secrets/, who we are to it.
# It lives as long as one command: there is nothing to ask whether it is well.
HEALTHCHECK NONE
ENTRYPOINT ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Dmeseta.data=/var/lib/meseta", \
            "-jar", "/opt/meseta/cli.jar"]
CMD ["--help"]

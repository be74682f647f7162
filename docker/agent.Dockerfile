# The agent. From the root of the repository, after ./meseta build:
#
#   docker build -f docker/agent.Dockerfile -t meseta/agent:0.1.0-SNAPSHOT .
#
# JRE_IMAGE is any image with a Java 25 in its PATH, bash, useradd, setsid and setpriv (util-linux).
# Tasks run inside this container, with whatever else this image has.
#
# Tasks that ask for containers of their own need conmon and crun or runc in JRE_IMAGE as well, which
# is made once, of two lines, and named with --build-arg JRE_IMAGE=:
#
#   FROM eclipse-temurin:25-jre-noble
#   RUN apt-get update && apt-get install -y --no-install-recommends conmon runc
#
# Such an agent is started with --privileged and a tmpfs at WORK-DIR/volatile; see
# docker-compose.containers.yml.
ARG JRE_IMAGE=eclipse-temurin:25-jre-noble

# Other people's libraries change seldom, ours with every build: two layers.
FROM ${JRE_IMAGE} AS sorted
ARG MESETA_VERSION=0.1.0-SNAPSHOT
COPY agent-service/target/lib/ /sorted/others/
RUN mkdir /sorted/ours && mv /sorted/others/*-"${MESETA_VERSION}".jar /sorted/ours/

FROM ${JRE_IMAGE}
ARG MESETA_VERSION=0.1.0-SNAPSHOT
ARG MESETA_REVISION=unknown
ARG START_CACHE=false
LABEL org.opencontainers.image.title="Meseta agent" \
      org.opencontainers.image.description="Runs tasks on one machine and reports what became of them." \
      org.opencontainers.image.version="${MESETA_VERSION}" \
      org.opencontainers.image.revision="${MESETA_REVISION}"

# Whoever wants an agent that is not root starts it with --user 10001:10001.
RUN groupadd --gid 10001 meseta \
 && useradd --uid 10001 --gid 10001 --no-log-init --no-create-home \
            --home-dir /var/lib/meseta --shell /usr/sbin/nologin meseta \
 && install -d -o 10001 -g 10001 -m 0755 /var/lib/meseta \
 && command -v setsid setpriv
COPY docker/healthy docker/first-process /opt/meseta/
COPY --from=sorted /sorted/others/ /opt/meseta/lib/
COPY --from=sorted /sorted/ours/ /opt/meseta/lib/
COPY agent-service/target/agent-service-*.jar /opt/meseta/agent-service.jar

# --build-arg START_CACHE=true starts it once for practice, far from any master, and keeps what the
# JVM has learned: larger by some 70 MB, up in about half of the time.
RUN if [ "${START_CACHE}" = true ]; then \
      java -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -XX:AOTCacheOutput=/opt/meseta/start.aot \
           -Dspring.context.exit=onRefresh \
           -jar /opt/meseta/agent-service.jar --meseta.open=true --server.port=0 \
           --meseta.agent.work-dir=/tmp/practice --meseta.agent.masters=http://127.0.0.1:1; \
      test -s /opt/meseta/start.aot && rm -rf /tmp/practice; \
    fi

# Root, because tasks run as the users that they name, and only root can become another. It needs
# CHOWN, DAC_OVERRIDE, FOWNER, KILL, SETGID, SETUID and SYS_PTRACE, the last to find the processes
# that a task has left behind; all other capabilities can be dropped. With --user and
# --meseta.agent.switch-user=false it needs none, and every task runs as the agent.
USER 0:0
WORKDIR /var/lib/meseta
EXPOSE 5051
HEALTHCHECK --interval=10s --timeout=6s --start-period=90s --retries=3 \
  CMD ["/opt/meseta/healthy", "5051", "readiness"]
STOPSIGNAL SIGTERM
# The container's memory is the tasks' too, so the JVM's share is a fixed one.
ENTRYPOINT ["/opt/meseta/first-process", "java", "-Xmx256m", "-XX:+UseSerialGC", \
            "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", \
            "-XX:AOTCache=/opt/meseta/start.aot", "-Xlog:aot=off", "-Xlog:cds=off", \
            "-jar", "/opt/meseta/agent-service.jar"]
CMD ["--meseta.agent.work-dir=/var/lib/meseta/agent"]

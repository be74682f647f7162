# The gateway, with the console in it. From the root of the repository, after ./meseta build:
#
#   docker build -f docker/gateway.Dockerfile -t meseta/gateway:0.1.0-SNAPSHOT .
#
# JRE_IMAGE is any image with a Java 25 in its PATH, bash, and useradd.
ARG JRE_IMAGE=eclipse-temurin:25-jre-noble

# Other people's libraries change seldom, ours with every build: two layers, so that a new build of
# the same libraries moves a megabyte and not fifty.
FROM ${JRE_IMAGE} AS sorted
ARG MESETA_VERSION=0.1.0-SNAPSHOT
COPY gateway/target/lib/ /sorted/others/
RUN mkdir /sorted/ours && mv /sorted/others/*-"${MESETA_VERSION}".jar /sorted/ours/

FROM ${JRE_IMAGE}
ARG MESETA_VERSION=0.1.0-SNAPSHOT
ARG MESETA_REVISION=unknown
ARG START_CACHE=false
LABEL org.opencontainers.image.title="Meseta gateway" \
      org.opencontainers.image.description="The one door: who calls is known, and goes to who answers." \
      org.opencontainers.image.version="${MESETA_VERSION}" \
      org.opencontainers.image.revision="${MESETA_REVISION}"

# The numbers are in the USER line too: Kubernetes can tell from a number alone that it is not root.
RUN groupadd --gid 10001 meseta \
 && useradd --uid 10001 --gid 10001 --no-log-init --no-create-home \
            --home-dir /var/lib/meseta --shell /usr/sbin/nologin meseta \
 && install -d -o 10001 -g 10001 -m 0755 /var/lib/meseta
COPY docker/healthy /opt/meseta/
COPY --from=sorted /sorted/others/ /opt/meseta/lib/
COPY --from=sorted /sorted/ours/ /opt/meseta/lib/
COPY gateway/target/gateway-*.jar /opt/meseta/gateway.jar

# --build-arg START_CACHE=true starts it once for practice, far from any master, and keeps what the
# JVM has learned: larger by some 60 MB, up in about half of the time.
RUN if [ "${START_CACHE}" = true ]; then \
      java -XX:+UseSerialGC -XX:AOTCacheOutput=/opt/meseta/start.aot -Dspring.context.exit=onRefresh \
           -jar /opt/meseta/gateway.jar --meseta.open=true --server.port=0; \
      test -s /opt/meseta/start.aot; \
    fi

USER 10001:10001
WORKDIR /var/lib/meseta
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=6s --start-period=90s --retries=3 \
  CMD ["/opt/meseta/healthy", "8080", "readiness"]
STOPSIGNAL SIGTERM
# All memory is the JVM's here, what the network's buffers take included. Without a start cache the flag for it says nothing and does nothing.
# Settings follow as arguments or in the environment; only /tmp is written to.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=55", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", \
            "-XX:AOTCache=/opt/meseta/start.aot", "-Xlog:aot=off", "-Xlog:cds=off", \
            "-jar", "/opt/meseta/gateway.jar"]

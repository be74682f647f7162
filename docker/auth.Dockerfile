# The auth-service; with `secrets` as its first word it makes the first secrets instead. From the root of the repository, after ./meseta build:
#
#   docker build -f docker/auth.Dockerfile -t meseta/auth:0.1.0-SNAPSHOT .
#
# JRE_IMAGE is any image with a Java 25 in its PATH, bash, and useradd.
ARG JRE_IMAGE=eclipse-temurin:25-jre-noble

# Other people's libraries change seldom, ours with every build: two layers, so that a new build of
# the same libraries moves a megabyte and not fifty.
FROM ${JRE_IMAGE} AS sorted
ARG MESETA_VERSION=0.1.0-SNAPSHOT
COPY auth-service/target/lib/ /sorted/others/
RUN mkdir /sorted/ours && mv /sorted/others/*-"${MESETA_VERSION}".jar /sorted/ours/

FROM ${JRE_IMAGE}
ARG MESETA_VERSION=0.1.0-SNAPSHOT
ARG MESETA_REVISION=unknown
ARG START_CACHE=false
LABEL org.opencontainers.image.title="Meseta auth-service" \
      org.opencontainers.image.description="Knows who is who, and lets every other service know it." \
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
COPY auth-service/target/auth-service-*.jar /opt/meseta/auth-service.jar

# --build-arg START_CACHE=true starts it once for practice, to no database, and keeps what the JVM
# has learned: larger by some 80 MB, up in about half of the time. That start is meant to fail.
RUN if [ "${START_CACHE}" = true ]; then \
      java -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -XX:AOTCacheOutput=/opt/meseta/start.aot \
           -jar /opt/meseta/auth-service.jar --meseta.open=true --server.port=0 \
           --spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none --meseta.auth.database-wait=0s; \
      test -s /opt/meseta/start.aot; \
    fi

USER 10001:10001
WORKDIR /var/lib/meseta
EXPOSE 5060
HEALTHCHECK --interval=10s --timeout=6s --start-period=90s --retries=3 \
  CMD ["/opt/meseta/healthy", "5060", "readiness"]
STOPSIGNAL SIGTERM
# All memory is the JVM's here. Without a start cache the flag for it says nothing and does nothing.
# Settings follow as arguments or in the environment; only /tmp is written to.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=65", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", \
            "--enable-native-access=ALL-UNNAMED", "-XX:AOTCache=/opt/meseta/start.aot", \
            "-Xlog:aot=off", "-Xlog:cds=off", "-jar", "/opt/meseta/auth-service.jar"]

package io.meseta.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.deployment.Dockerfile.Instruction;
import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DockerfileTest {

    private static final Path ROOT = RepositoryRoot.find();

    @ParameterizedTest
    @ValueSource(strings = {"auth", "master", "agent", "gateway", "cli"})
    void keepsTheRules(String name) throws IOException {
        assertThat(DockerfileRules.complaints(read(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth", "master", "agent", "gateway", "cli"})
    void copiesOnlyWhatTheEngineIsSent(String name) throws IOException {
        var sent = Files.readAllLines(ROOT.resolve(".dockerignore"));

        assertThat(sent.stream().filter(line -> !line.startsWith("#")).findFirst())
                .as("everything is kept back but what is named")
                .contains("*");
        read(name)
                .all("COPY")
                .map(Instruction::arguments)
                .filter(copy -> !copy.startsWith("--from"))
                .flatMap(copy -> Pattern.compile(" ").splitAsStream(copy))
                .filter(word -> !word.startsWith("/"))
                .map(source -> source.endsWith("/lib/") ? source + "*.jar" : source)
                .forEach(source -> assertThat(sent).contains("!" + source));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth", "master", "agent", "gateway", "cli"})
    void sortsTheLibrariesByTheVersionThatTheBuildHas(String name) throws IOException {
        var pom = Files.readString(ROOT.resolve("pom.xml"));
        var version = Pattern.compile("<version>([^<]+)</version>").matcher(pom);

        assertThat(version.find()).isTrue();
        assertThat(read(name).all("ARG").map(Instruction::arguments))
                .contains("MESETA_VERSION=" + version.group(1));
    }

    @ParameterizedTest
    @CsvSource({
        "auth,10001:10001",
        "master,10001:10001",
        "agent,0:0",
        "gateway,10001:10001",
        "cli,10001:10001"
    })
    void isRootOnlyWhereTasksChangeUsers(String name, String user) throws IOException {
        assertThat(read(name).lastStage().all("USER").map(Instruction::arguments))
                .containsExactly(user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthy", "first-process", "postgres/10-meseta.sh"})
    void bringsScriptsThatCanBeExecutedAndStopAtTheFirstFailure(String name) throws IOException {
        var script = ROOT.resolve("docker").resolve(name);

        assertThat(Files.isExecutable(script)).as(name + " is executable").isTrue();
        assertThat(Files.readString(script))
                .startsWith("#!/usr/bin/env bash\n")
                .containsPattern("\nset -e?u");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "USER 10001:10001|USER meseta|two numbers",
                "USER 10001:10001|WORKDIR /|not one USER",
                "ENTRYPOINT [\"java\",|ENTRYPOINT java|exec form",
                "HEALTHCHECK|LABEL health=|not one HEALTHCHECK",
                "COPY docker/healthy|ADD docker/healthy|use COPY",
                "FROM ${JRE_IMAGE} AS|FROM elsewhere AS|cannot be chosen",
                "25-jre-noble|latest|is latest",
                "=eclipse-temurin|=quay.example/temurin|names a registry",
                "WORKDIR|ENV DB_PASSWORD=x|a secret stays",
                "RUN groupadd|RUN curl -O x; groupadd|nobody has named",
                "/sorted/ours/ /opt|/elsewhere/ /opt|missing or too early",
                "image.revision=|image.other=|no label revision",
            })
    void noticesABrokenRule(String right, String wrong, String complaint) throws IOException {
        var text = Files.readString(path("master"));

        assertThat(text).contains(right);
        assertThat(DockerfileRules.complaints(Dockerfile.parse(text.replace(right, wrong))))
                .anySatisfy(said -> assertThat(said).contains(complaint));
    }

    @Test
    void noticesALayerThatComesTooEarly() throws IOException {
        var text = Files.readString(path("master"));
        var jar =
                "COPY master-service/target/master-service-*.jar /opt/meseta/master-service.jar\n";
        var others = "COPY --from=sorted /sorted/others/ /opt/meseta/lib/\n";

        var swapped = text.replace(jar, "").replace(others, jar + others);

        assertThat(DockerfileRules.complaints(Dockerfile.parse(swapped)))
                .containsExactly("COPY /target/is missing or too early");
    }

    private static Path path(String name) {
        return ROOT.resolve("docker").resolve(name + ".Dockerfile");
    }

    private static Dockerfile read(String name) throws IOException {
        return Dockerfile.read(path(name));
    }
}

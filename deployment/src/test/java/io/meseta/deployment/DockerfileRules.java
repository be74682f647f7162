package io.meseta.deployment;

import io.meseta.deployment.Dockerfile.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What we ask of every Dockerfile of ours.
final class DockerfileRules {

    private static final Pattern NUMBERS = Pattern.compile("^[0-9]+:[0-9]+$");
    private static final Pattern SECRET =
            Pattern.compile("(?i)(password|passwd|secret|token|private_key)");
    private static final Pattern DOWNLOAD =
            Pattern.compile("\\b(curl|wget|apt|apt-get|apk|yum|dnf|pip|npm)\\b");
    private static final List<String> LABELS =
            List.of("title", "description", "version", "revision");
    private static final List<String> ORDER =
            List.of("/sorted/others/ ", "/sorted/ours/ ", "/target/");

    private DockerfileRules() {}

    /// One sentence for each rule that is broken.
    static List<String> complaints(Dockerfile file) {
        var complaints = new ArrayList<String>();
        bases(file, complaints);
        user(file.lastStage(), complaints);
        start(file.lastStage(), complaints);
        layers(file.lastStage(), complaints);
        contents(file, complaints);
        for (var label : LABELS) {
            if (file.lastStage()
                    .all("LABEL")
                    .noneMatch(it -> it.arguments().contains(".image." + label + "=\"")))
                complaints.add("no label " + label);
        }
        return complaints;
    }

    private static void bases(Dockerfile file, List<String> complaints) {
        file.all("FROM")
                .filter(from -> !from.arguments().startsWith("${JRE_IMAGE}"))
                .forEach(from -> complaints.add("a base that cannot be chosen: " + from));
        file.all("ARG")
                .map(Instruction::arguments)
                .filter(argument -> argument.startsWith("JRE_IMAGE="))
                .map(argument -> argument.substring("JRE_IMAGE=".length()))
                .findFirst()
                .ifPresentOrElse(
                        image -> ImageName.complaint(image).ifPresent(complaints::add),
                        () -> complaints.add("no ARG JRE_IMAGE with a default"));
    }

    private static void user(Dockerfile image, List<String> complaints) {
        var users = image.all("USER").map(Instruction::arguments).toList();
        if (users.size() != 1) complaints.add("not one USER but " + users);
        users.stream()
                .filter(user -> !NUMBERS.matcher(user).matches())
                .forEach(user -> complaints.add("USER is not two numbers: " + user));
    }

    private static void start(Dockerfile image, List<String> complaints) {
        if (image.all("ENTRYPOINT").count() != 1) complaints.add("not one ENTRYPOINT");
        image.instructions().stream()
                .filter(it -> it.isWord("ENTRYPOINT") || it.isWord("CMD") || it.isWord("SHELL"))
                .filter(it -> !it.isExecForm())
                .forEach(it -> complaints.add(it.word() + " is not in exec form"));
        var checks = image.all("HEALTHCHECK").map(Instruction::arguments).toList();
        if (checks.size() != 1) complaints.add("not one HEALTHCHECK but " + checks);
        for (var check : checks) {
            if (check.equals("NONE")) continue;
            if (!check.contains("--timeout=")) complaints.add("HEALTHCHECK without a timeout");
            if (!check.endsWith("\"readiness\"]") || !check.contains(" CMD [\""))
                complaints.add("HEALTHCHECK does not ask for readiness in exec form");
        }
    }

    /// The seldom changed first: a layer is made anew when any before it is.
    private static void layers(Dockerfile image, List<String> complaints) {
        var copies = image.all("COPY").map(Instruction::arguments).toList();
        int before = -1;
        for (var source : ORDER) {
            int at = -1;
            for (int i = 0; i < copies.size(); i++) {
                if (copies.get(i).contains(source)) at = i;
            }
            if (at <= before) complaints.add("COPY " + source + "is missing or too early");
            before = Math.max(at, before);
        }
        var jars =
                copies.stream()
                        .filter(copy -> copy.endsWith(".jar"))
                        .map(copy -> copy.substring(copy.lastIndexOf(' ') + 1))
                        .toList();
        image.all("ENTRYPOINT")
                .filter(it -> jars.stream().noneMatch(jar -> it.arguments().contains(jar)))
                .forEach(_ -> complaints.add("ENTRYPOINT starts none of " + jars));
    }

    private static void contents(Dockerfile file, List<String> complaints) {
        file.all("ADD").forEach(_ -> complaints.add("ADD unpacks and downloads: use COPY"));
        file.all("RUN")
                .filter(run -> DOWNLOAD.matcher(run.arguments()).find())
                .forEach(run -> complaints.add("RUN brings in what nobody has named: " + run));
        file.instructions().stream()
                .filter(it -> it.isWord("ENV") || it.isWord("ARG"))
                .filter(it -> SECRET.matcher(it.arguments()).find())
                .forEach(it -> complaints.add("a secret stays in the image: " + it.arguments()));
    }
}

package io.meseta.authorization.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.text.Document;
import io.meseta.authorization.text.Outcome;
import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The policies that the guide shows are policies.
final class PolicyGuideTest {

    private static final Pattern YAML = Pattern.compile("```yaml\n(policy:.*?)```", Pattern.DOTALL);

    @Test
    void showsOnlyPoliciesThatCanBeRead() throws IOException {
        var guides = RepositoryRoot.find().resolve("docs/guides");

        for (var name : new String[] {"writing-policies.md"}) {
            var texts = YAML.matcher(Files.readString(guides.resolve(name))).results().toList();

            assertThat(texts).as(name).isNotEmpty();
            assertThat(texts)
                    .allSatisfy(text ->
                            assertThat(PolicyReader.read(new Document(name, text.group(1))))
                                    .isInstanceOf(Outcome.Good.class));
        }
    }
}

package io.meseta.auth.bundles;

import static io.meseta.auth.testing.TestAuth.freshName;
import static io.meseta.auth.testing.TestAuth.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.auth.keys.KeyMaking;
import io.meseta.auth.keys.Purpose;
import io.meseta.auth.testing.FirstFiles;
import io.meseta.auth.testing.Reply;
import io.meseta.auth.testing.TestAuth;
import io.meseta.authorization.SubjectKind;
import io.meseta.authorization.bundle.Bundle;
import io.meseta.authorization.bundle.Receipt;
import io.meseta.authorization.bundle.SignedBundle;
import io.meseta.authorization.bundle.TrustedKeys;
import io.meseta.authorization.engine.Authorizer;
import io.meseta.authorization.text.Outcome;
import io.meseta.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BundlesIT {

    private static final TestAuth AUTH = TestAuth.shared();

    @Test
    void signsABundleOfAllThatIsKnown() {
        var bundle = fetch(AUTH, 0);

        assertThat(bundle.version()).isPositive();
        assertThat(bundle.policies()).containsKeys("administrator", "operator", "services");
        assertThat(Authorizer.of(bundle)).isInstanceOf(Outcome.Good.class);
        assertThat(bundle.groups().members().get("cluster-members"))
                .containsExactly(FirstFiles.MEMBER);
        var identities = bundle.identities();
        assertThat(identities.issuer()).isEqualTo("http://127.0.0.1:8080/auth");
        assertThat(identities.tokenKeys()).hasSizeGreaterThanOrEqualTo(1);
        assertThat(identities.bundleKeys()).containsKey(trustedId(AUTH));
        assertThat(kindOf(bundle, FirstFiles.MEMBER)).isEqualTo(SubjectKind.SERVICE_ACCOUNT);
        assertThat(kindOf(bundle, FirstFiles.ADMIN)).isEqualTo(SubjectKind.USER);
    }

    @Test
    void pushesAChangeDownAHeldRequest() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long before = fetch(AUTH, 0).version();
            var held = CompletableFuture.supplyAsync(() -> ask(AUTH, before), threads);
            var publication = AUTH.context().getBean(Publication.class);
            Await.shortly().until("it is held", () -> publication.waitingCount() > 0);

            var name = freshName("pushed");
            AUTH.admin("POST", "/auth/v1/service-accounts", json(Map.of("name", name)));

            var reply = held.get(10, TimeUnit.SECONDS);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(opened(AUTH, reply, before).identities().verifiers()).containsKey(name);
        }
    }

    @Test
    void saysThatNothingIsNew() {
        long before = fetch(AUTH, 0).version();

        assertThat(ask(AUTH, before + 1_000).status()).isEqualTo(204);
        assertThat(ask(AUTH, -1).status()).isEqualTo(400);
    }

    @Test
    void givesABundleToMembersOnly() {
        assertThat(AUTH.send("GET", "/auth/v1/bundle", "").status()).isEqualTo(401);
        for (var group : new String[] {"viewers", "operators"}) {
            var name = AUTH.user("twelve letters and more", group);
            var token = AUTH.signIn(name, "twelve letters and more").at("access_token");
            var reply = AUTH.send("GET", "/auth/v1/bundle", "", "Authorization", "Bearer " + token);
            assertThat(reply.status()).as(group).isEqualTo(403);
        }
        assertThat(AUTH.admin("GET", "/auth/v1/bundle", "").status()).isEqualTo(403);
    }

    @Test
    void pushesFromOneProcessWhatWasChangedInAnother() throws Exception {
        try (var one = TestAuth.start();
                var two = one.another();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long before = fetch(two, 0).version();
            var held = CompletableFuture.supplyAsync(() -> ask(two, before), threads);

            var name = freshName("across");
            var made = one.admin("POST", "/auth/v1/service-accounts", json(Map.of("name", name)));

            var bundle = opened(two, held.get(10, TimeUnit.SECONDS), before);
            assertThat(bundle.identities().verifiers()).containsKey(name);
            Await.shortly()
                    .until(
                            "the other takes its secret",
                            () -> two.token(name, made.at("secret")).status() == 200);
            var here = fetch(one, 0);
            var there = fetch(two, 0);
            assertThat(there).isEqualTo(here);
            refusesAReplayAcross(one, two);
        }
    }

    private static void refusesAReplayAcross(TestAuth one, TestAuth two) {
        var signedIn = one.signIn(FirstFiles.ADMIN, FirstFiles.PASSWORD);
        var body = json(Map.of("refresh_token", signedIn.at("refresh_token")));

        assertThat(two.send("POST", "/auth/v1/sessions:refresh", body).status()).isEqualTo(200);
        assertThat(one.send("POST", "/auth/v1/sessions:refresh", body).status()).isEqualTo(401);
    }

    @Test
    void makesANewOneWellBeforeTheOldExpires() {
        try (var auth = TestAuth.start("meseta.auth.lifetimes.bundle=10s")) {
            var first = fetch(auth, 0);

            var second =
                    Await.within(Duration.ofSeconds(20))
                            .value(
                                    "there is a newer one",
                                    () -> {
                                        var reply = ask(auth, first.version());
                                        return reply.status() == 200
                                                ? Optional.of(opened(auth, reply, 0))
                                                : Optional.<Bundle>empty();
                                    });

            assertThat(second.issued()).isBefore(first.expires().minusSeconds(3));
            assertThat(second.policies()).isEqualTo(first.policies());
        }
    }

    private static SubjectKind kindOf(Bundle bundle, String principal) {
        return Objects.requireNonNull(bundle.identities().verifiers().get(principal)).kind();
    }

    private static Bundle fetch(TestAuth auth, long after) {
        return opened(auth, ask(auth, after), after);
    }

    private static Reply ask(TestAuth auth, long after) {
        return auth.send(
                "GET",
                "/auth/v1/bundle?after=" + after,
                "",
                "Authorization",
                TestAuth.basic(FirstFiles.MEMBER, FirstFiles.SECRET));
    }

    private static String trustedId(TestAuth auth) {
        return KeyMaking.id(Purpose.BUNDLE, auth.files().bundleKey().getPublic().getEncoded());
    }

    private static Bundle opened(TestAuth auth, Reply reply, long after) {
        assertThat(reply.status()).as(reply.headers().toString()).isEqualTo(200);
        Instant now = auth.now();
        var trusted = TrustedKeys.of(Map.of(trustedId(auth), auth.files().bundleKey().getPublic()));
        var receipt = SignedBundle.parse(reply.body()).orElseThrow().check(trusted, after, now);
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        return ((Receipt.Accepted) receipt).bundle();
    }
}

package io.meseta.auth.changes.persistence;

import io.meseta.auth.bundles.Publication;
import io.meseta.auth.changes.AuditLine;
import io.meseta.auth.changes.Audited;
import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// The ledger in the database.
///
/// The row of the bundle's version is updated before anything else, so that whoever changes
/// something waits there for all others, in any process, and versions rise in the order of commits.
final class DatabaseLedger implements Ledger {

    /// How many changes may wait for each other; each holds a connection of the pool meanwhile.
    private static final int WAITING_MAX = 4;

    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    /// The bundle comes out by itself if it takes longer; the change stands either way.
    private static final Duration PUBLICATION_WAIT_MAX = Duration.ofSeconds(5);

    private final TransactionTemplate transactions;
    private final BundleState state;
    private final AuditRows audit;
    private final Publication publication;
    private final JsonMapper mapper;
    private final InstantSource time;
    private final Semaphore waiting = new Semaphore(WAITING_MAX, true);

    DatabaseLedger(
            TransactionTemplate transactions,
            BundleState state,
            AuditRows audit,
            Publication publication,
            JsonMapper mapper,
            InstantSource time) {
        this.transactions = transactions;
        this.state = state;
        this.audit = audit;
        this.publication = publication;
        this.mapper = mapper;
        this.time = time;
    }

    @Override
    public <T> T change(Caller by, Function<Pen, T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            state.advance(now());
            return work.apply(new Writing(by, now()));
        }
        var version = new AtomicLong();
        var result = changed(by, work, version);
        publication.await(version.get(), PUBLICATION_WAIT_MAX);
        return result;
    }

    private <T> T changed(Caller by, Function<Pen, T> work, AtomicLong version) {
        try {
            if (!waiting.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Refused(new Refusal.Busy());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Refused(new Refusal.Busy());
        }
        try {
            return transactions.execute(_ -> {
                version.set(state.advance(now()));
                return work.apply(new Writing(by, now()));
            });
        } finally {
            waiting.release();
        }
    }

    @Override
    public <T> T note(Caller by, Function<Pen, T> work) {
        return transactions.execute(_ -> work.apply(new Writing(by, now())));
    }

    /// As fine as the database keeps it, so that what is read back is what was written.
    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// Writes lines of one change.
    private final class Writing implements Pen {

        private final Caller by;
        private final Instant now;

        private Writing(Caller by, Instant now) {
            this.by = by;
            this.now = now;
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void created(Audited made) {
            write("create", made.resource(), "", text(made));
        }

        @Override
        public void changed(Audited before, Audited after) {
            write("change", after.resource(), text(before), text(after));
        }

        @Override
        public void deleted(Audited gone) {
            write("delete", gone.resource(), text(gone), "");
        }

        @Override
        public void did(String action, Audited with) {
            write(action, with.resource(), "", text(with));
        }

        private String text(Audited thing) {
            Map<String, Object> facts = thing.facts();
            return mapper.writeValueAsString(facts);
        }

        private void write(String action, String resource, String before, String after) {
            audit.save(AuditRow.of(new AuditLine(0, now, by, action, resource, before, after)));
        }
    }
}

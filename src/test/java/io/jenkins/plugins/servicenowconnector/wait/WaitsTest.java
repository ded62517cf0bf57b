package io.jenkins.plugins.servicenowconnector.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.simulator.instance.InstanceClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The register where something goes wrong in it: without Jenkins, nothing can be planned and no end be passed on. */
class WaitsTest {

    private final Waits waits = new Waits();
    private final List<Waiter> again = new ArrayList<>();

    @AfterEach
    void empty() {
        waits.all().forEach(waits::remove);
    }

    @Test
    void decisionThatCannotBePassedOnDoesNotLoseItsWait() throws Exception {
        AbsentBuild build = build();
        waits.add(build);

        waits.settle(build, approved(), false, Instant.now());

        assertThat(waits.all()).containsExactly(build);
        assertThat(waits.nextLook(build.approval())).isPresent();
    }

    @Test
    void looksThatCannotBePlannedAreTriedAgainInTheirTime() throws Exception {
        AbsentBuild build = build();
        waits.add(build);
        Instant added = Instant.now();

        // without Jenkins nobody can plan the first look, which is due at once
        await().until(() -> waits.nextLook(build.approval())
                .filter(next -> next.isAfter(added.plusSeconds(1)))
                .isPresent());
    }

    @Test
    void changeWindowIsLookedAtWhenItBeginsHoweverLongTheInterval() throws Exception {
        AbsentBuild build = build();
        Instant now = Instant.now();
        Map<String, FieldValue> fields =
                new LinkedHashMap<>(OneWait.change("-2", "approved").fields());
        String start = InstanceClock.stored(now.plusSeconds(60));
        fields.put("start_date", new FieldValue(start, start));
        Ticket approved = new Ticket("change_request", OneWait.SYS_ID, "CHG0030001", fields);
        waits.add(build);

        waits.settle(build, Reading.of(approved, now), false, now);
        Instant seen = Instant.now();
        waits.hurry(build.approval());

        await().until(() -> waits.nextLook(build.approval())
                .filter(next -> next.isAfter(seen.plusSeconds(20)) && !next.isAfter(seen.plusSeconds(60)))
                .isPresent());
    }

    @Test
    void whoCannotSayWhetherToAskIsLookedAtAgain() throws Exception {
        AbsentBuild build = new AbsentBuild("CHG0030001", Instant::now, () -> {}) {
            @Override
            public boolean asksWhoDecided() {
                throw new IllegalStateException("the build is gone");
            }
        };
        WaitEnd end = build.approval().take(approved(), false, Instant.now()).orElseThrow();

        new WaitEnds(again::add).end(build, end);

        assertThat(again).containsExactly(build);
    }

    private static AbsentBuild build() throws Exception {
        return new AbsentBuild("CHG0030001", Instant::now, () -> {});
    }

    private static Reading approved() {
        return Reading.of(OneWait.change("-2", "approved"), Instant.now());
    }
}

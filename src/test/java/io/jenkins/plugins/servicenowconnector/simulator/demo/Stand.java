package io.jenkins.plugins.servicenowconnector.simulator.demo;

import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The simulator with people who approve a change request by themselves, round after round. */
final class Stand implements AutoCloseable {

    private final ScheduledExecutorService people = Executors.newSingleThreadScheduledExecutor();
    private final Simulator simulator = Simulator.start();
    private final Duration pace;
    private final Consumer<String> tell;

    /**
     * @param pace how long people take for each decision
     * @param tell where to say what they do
     */
    Stand(Duration pace, Consumer<String> tell) {
        this.pace = pace;
        this.tell = tell;
        // an instance that is in use has rows: without one, the check could not see any
        simulator.tables().seed("change_request", Map.of("short_description", "Yesterday's deployment"));
    }

    URI url() {
        return simulator.url();
    }

    /** Has the change approved from now on, as long as somebody is asked. */
    void approve(String number) {
        people.scheduleWithFixedDelay(
                () -> approveOnce(number), pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void approveOnce(String number) {
        List<Row> asked =
                simulator.desk().approvals().requested(simulator.desk().task(number));
        if (!asked.isEmpty()) {
            tell.accept("In ServiceNow, " + name("sys_user", asked.get(0).get("approver")) + " approves for "
                    + name("sys_user_group", asked.get(0).get("group")) + ".");
            simulator.desk().approve(number);
        }
    }

    private String name(String table, String sysId) {
        return simulator.tables().find(table, sysId).map(row -> row.get("name")).orElse("somebody");
    }

    @Override
    public void close() {
        people.shutdownNow();
        simulator.close();
    }
}

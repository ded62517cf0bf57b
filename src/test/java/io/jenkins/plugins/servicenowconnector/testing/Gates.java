package io.jenkins.plugins.servicenowconnector.testing;

import hudson.model.Item;
import io.jenkins.plugins.servicenowconnector.agent.CallLane;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.CallLimits;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** Changes that somebody waits for, stored and decided past all rules, and what was asked about them. */
public final class Gates {

    private Gates() {}

    /** Lets a connector be asked every second, and as often as wanted. */
    public static Connector impatient(Connector connector) {
        CallLimits limits = new CallLimits();
        limits.setSmallestRetryInterval("1s");
        limits.setPollsPerMinute("6000");
        connector.setLimits(limits);
        return connector;
    }

    /** A change that waits for its approvers; the same number has the same sys_id on every instance. */
    public static Row open(Simulator servicenow, String number) {
        return servicenow.tables().seed("change_request", values(number));
    }

    private static Map<String, String> values(String number) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("number", number);
        values.put("sys_id", sysId(number));
        values.put("short_description", "Payments");
        values.put("state", "-4");
        values.put("approval", "requested");
        return values;
    }

    /** The sys_id of the change with a number. */
    public static String sysId(String number) {
        return String.format("%32s", number.replaceAll("[^0-9]", "")).replace(' ', 'a');
    }

    /** Approves a change. */
    public static void approve(Simulator servicenow, String number) {
        row(servicenow, number).set("approval", "approved").set("state", "-2");
    }

    /** Rejects a change. */
    public static void reject(Simulator servicenow, String number) {
        row(servicenow, number).set("approval", "rejected");
    }

    /** The change with a number. */
    public static Row row(Simulator servicenow, String number) {
        return servicenow.tables().byNumber(number).orElseThrow();
    }

    /** The step that waits for a change, looking every second. */
    public static String step(String number) {
        return "serviceNowApproval ticketNumber: '" + number + "', retryInterval: '1s'";
    }

    /**
     * Lets the looks end that are under way through the one connector: who has ceased to wait before is in no request after
     * this.
     */
    public static void awaitLooks() throws Exception {
        CallLane lane = ConnectorLane.POLLS.of(Connectors.find(null, (Item) null));
        // they meet only when no thread of the lane does anything else
        CyclicBarrier all = new CyclicBarrier(lane.most() + 1);
        for (int thread = 0; thread < lane.most(); thread++) {
            CallThreads.get().run(lane, () -> meet(all));
        }
        all.await(2, TimeUnit.MINUTES);
    }

    private static void meet(CyclicBarrier all) {
        try {
            all.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many of the last requests asked for a change, by its number or its sys_id. */
    public static long looks(Simulator servicenow, String number) {
        return looks(servicenow).stream()
                .filter(look -> look.query().contains(number) || look.query().contains(sysId(number)))
                .count();
    }

    /** The last requests that asked for changes. */
    public static List<Exchange> looks(Simulator servicenow) {
        return servicenow.requests().stream()
                .filter(each -> each.method().equals("GET"))
                .filter(each -> each.path().equals("/api/now/table/change_request"))
                .toList();
    }
}

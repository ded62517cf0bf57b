package io.jenkins.plugins.servicenowconnector.simulator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Starts a simulator for a person: {@code --port N} for a fixed port, else a free one. */
public final class SimulatorMain {

    private SimulatorMain() {}

    /** Prints one line with the address, then serves until the process is ended. */
    public static void main(String[] arguments) throws InterruptedException {
        Simulator simulator = Simulator.start(port(List.of(arguments)));
        // slow enough for a person to see that approvers are asked later
        simulator.switches().approvalDelay(Duration.ofSeconds(2)).taskDelay(Duration.ofSeconds(5));
        System.out.println("ServiceNow simulator at " + simulator.url() + "/simulator, user " + Simulator.USER
                + ", password " + Simulator.PASSWORD);
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
        new CountDownLatch(1).await();
    }

    private static int port(List<String> arguments) {
        int option = arguments.indexOf("--port");
        return option < 0 ? 0 : Integer.parseInt(arguments.get(option + 1));
    }
}
